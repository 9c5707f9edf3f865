package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real rules in random histories: a history repeats by its seed, which stands in the test's name. */
class RandomHistoryTest {
    private static final int HISTORIES = 40;
    private static final int STEPS = 60;
    private static final Duration CALM = Duration.ofMinutes(4);

    static LongStream seeds() {
        return new Random().longs(HISTORIES);
    }

    /** Whatever happens, {@link History} holds; and when it is over, every node that lives owns again. */
    @ParameterizedTest
    @MethodSource("seeds")
    void holdsThroughFaults(long seed) {
        SimulatedCluster cluster = new SimulatedCluster(seed, 6);
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

    private static void disturb(SimulatedCluster cluster) {
        Simulation simulation = cluster.simulation;
        SimulatedParticipant node = cluster.anyNode();
        switch (simulation.random.nextInt(8)) {
            case 0 -> restart(cluster, node, false);
            case 1 -> restart(cluster, node, true);
            case 2 -> node.loseConnection(simulation.chance(0.5));
            case 3 -> node.pause(simulation.between(100, 20_000));
            case 4 -> node.leave();
            case 5 -> cluster.coordinator.pause(simulation.between(500, 15_000));
            case 6 -> {
                cluster.coordinator.kill();
                simulation.after(simulation.between(0, 20_000), () -> {
                    if (!cluster.coordinator.alive()) {
                        cluster.coordinator.start();
                    }
                });
            }
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
        if (!cluster.coordinator.alive()) {
            cluster.coordinator.start();
        }
        cluster.run(CALM);
    }
}
