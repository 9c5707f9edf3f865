package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real rules in random histories: a history repeats by its seed, which a failure tells. */
class RandomHistoryTest {
    private static final int HISTORIES = 25;
    private static final int STEPS = 60;
    private static final Duration CALM = Duration.ofMinutes(4);

    static LongStream seeds() {
        return new Random().longs(HISTORIES);
    }

    /** Whatever happens, {@link History} holds; and when it is over, every node that lives owns again. */
    @ParameterizedTest
    @MethodSource("seeds")
    void holdsThroughFaults(long seed) {
        told(seed, RandomHistoryTest::throughFaults);
    }

    private static void throughFaults(long seed) {
        throughFaults(new SimulatedCluster(seed, 6));
    }

    /** The same with two coordinators, of which now the one and now the other leads. */
    @ParameterizedTest
    @MethodSource("seeds")
    void holdsThroughChangesOfTheLeader(long seed) {
        told(seed, RandomHistoryTest::throughChangesOfTheLeader);
    }

    private static void throughChangesOfTheLeader(long seed) {
        SimulatedCluster cluster = SimulatedCluster.ofTwo(seed, 6, SimulatedCluster.CONFIG, SimulatedEtcd.Rules.TRUE);
        throughFaults(cluster);
        RingSnapshot before = cluster.history.latest();
        cluster.leader().kill();
        cluster.run(Duration.ofSeconds(40));
        RingSnapshot after = cluster.history.latest();
        assertThat(after.version().epoch()).isGreaterThan(before.version().epoch());
        assertThat(History.moved(before, after, "game")).isEmpty();
    }

    private static void throughFaults(SimulatedCluster cluster) {
        cluster.start();
        for (int step = 0; step < STEPS; step++) {
            disturb(cluster);
            cluster.run(cluster.simulation.between(0, 12_000));
        }
        calmDown(cluster);
        assertThat(cluster.owners()).containsExactly("n1", "n2", "n3", "n4", "n5", "n6");
    }

    /** The coordinator is stopped, killed and started again, and connections break: no key of a node that lives moves. */
    @ParameterizedTest
    @MethodSource("seeds")
    void movesNoKeyBecauseOfTheCoordinator(long seed) {
        told(seed, RandomHistoryTest::faultsOfTheCoordinator);
    }

    private static void faultsOfTheCoordinator(long seed) {
        SimulatedCluster cluster = new SimulatedCluster(seed, 6);
        cluster.start();
        RingSnapshot before = cluster.history.latest();
        for (int step = 0; step < 6; step++) {
            if (step > 0 && cluster.simulation.chance(0.5)) {
                cluster.coordinator.pause(cluster.simulation.between(1100, 20_000));
                cluster.run(Duration.ofSeconds(20));
            } else {
                cluster.coordinator.kill();
                cluster.run(cluster.simulation.between(0, 20_000));
                cluster.coordinator.start();
            }
            cluster.run(cluster.simulation.between(0, 40_000));
            for (String service : List.of("game", "chat")) {
                assertThat(History.moved(before, cluster.history.latest(), service))
                        .isEmpty();
            }
        }
        assertThat(cluster.history.latest().version()).isGreaterThan(before.version());
    }

    @Test
    void takesOffANodeThatIsStoppedAndTakesItBack() {
        SimulatedCluster cluster = new SimulatedCluster(1, 4);
        cluster.start();
        cluster.nodes.getFirst().pause(Duration.ofSeconds(15));
        cluster.run(Duration.ofSeconds(14));
        assertThat(cluster.owners()).containsExactly("n2", "n3", "n4");
        cluster.run(Duration.ofSeconds(15));
        assertThat(cluster.owners()).containsExactly("n1", "n2", "n3", "n4");
    }

    @Test
    void takesOffANodeThatCrashesAfterTheSuspectTime() {
        SimulatedCluster cluster = new SimulatedCluster(2, 4);
        cluster.start();
        cluster.nodes.getFirst().crash(false);
        cluster.run(Duration.ofMillis(1900));
        assertThat(cluster.owners()).contains("n1");
        cluster.run(Duration.ofMillis(1500));
        assertThat(cluster.owners()).doesNotContain("n1");
    }

    /** With the shortest interval the loop's own ticks aren't taken for delays. */
    @Test
    void takesOffASilentNodeWithTheShortestPingInterval() {
        CoordinatorConfig quick = SimulatedCluster.CONFIG.toBuilder()
                .pingInterval(CoordinatorConfig.SHORTEST)
                .silence(Duration.ofSeconds(1))
                .build();
        SimulatedCluster cluster = new SimulatedCluster(3, 4, quick, UnaryOperator.identity());
        cluster.start();
        cluster.nodes.getFirst().crash(true);
        cluster.run(Duration.ofSeconds(2));
        assertThat(cluster.owners()).doesNotContain("n1");
    }

    private static void told(long seed, LongConsumer history) {
        try {
            history.accept(seed);
        } catch (AssertionError e) {
            throw new AssertionError("history of seed " + seed, e);
        }
    }

    private static void disturb(SimulatedCluster cluster) {
        Simulation simulation = cluster.simulation;
        SimulatedParticipant node = cluster.anyNode();
        SimulatedCoordinator coordinator = cluster.anyCoordinator();
        switch (simulation.random.nextInt(11)) {
            case 0 -> restart(cluster, node, false);
            case 1 -> restart(cluster, node, true);
            case 2 -> node.loseConnection(simulation.chance(0.5));
            case 3 -> node.pause(simulation.between(100, 20_000));
            case 4 -> node.leave();
            case 5 -> coordinator.pause(simulation.between(500, 15_000));
            case 6 -> {
                coordinator.kill();
                simulation.after(simulation.between(0, 20_000), () -> {
                    if (!coordinator.alive()) {
                        coordinator.start();
                    }
                });
            }
            case 7 -> cluster.operator.drain(node.id(), true);
            case 8 -> cluster.operator.drain(node.id(), false);
            case 9 -> node.report(NodeState.of(1 + simulation.random.nextInt(4)).orElseThrow());
            default -> cluster.watchers.getFirst().loseConnection(simulation.chance(0.5));
        }
    }

    private static void restart(SimulatedCluster cluster, SimulatedParticipant node, boolean silently) {
        node.crash(silently);
        cluster.simulation.after(cluster.simulation.between(0, 30_000), () -> {
            if (!node.alive()) {
                node.start();
            }
        });
    }

    private static void calmDown(SimulatedCluster cluster) {
        cluster.run(Duration.ofSeconds(30));
        cluster.coordinators.stream()
                .filter(coordinator -> !coordinator.alive())
                .forEach(SimulatedCoordinator::start);
        cluster.run(CALM);
        cluster.nodes.forEach(node -> cluster.operator.drain(node.id(), false));
        cluster.run(CALM);
    }
}
