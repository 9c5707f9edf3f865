package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.cluster.ErrorCode;
import dev.gatehouse.ring.membership.MembershipEvent;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A coordinator without one of its rules: the histories show it. What holds with all rules is in {@link RandomHistoryTest}. */
class BrokenRulesTest {
    private static final int SEEDS = 12;

    @Test
    void withoutTimeToReturnARestartMovesKeys() {
        assertThat(moves(config().returnTime(Duration.ofMillis(1)).build(), BrokenRulesTest::restart))
                .isTrue();
        assertThat(moves(config().build(), BrokenRulesTest::restart)).isFalse();
    }

    @Test
    void withoutAnEyeOnItsOwnPausesAPauseMovesKeys() {
        // Nodes take it as lost meanwhile, and some are back only after the time for suspects.
        Consumer<SimulatedCluster> pause = cluster -> {
            cluster.run(cluster.simulation.between(0, 3000));
            cluster.coordinator.pause(Duration.ofSeconds(10));
        };
        assertThat(moves(config().pause(Duration.ofHours(1)).build(), pause)).isTrue();
        assertThat(moves(config().build(), pause)).isFalse();
    }

    @Test
    void withoutAStoreARestartMovesKeys() {
        assertThat(moves(config().build(), cluster -> {
                    cluster.store.kept = Memberships.NONE.after(
                            new MembershipEvent.Started(7), SimulatedCluster.CONFIG.membership(), 0);
                    restart(cluster);
                }))
                .isTrue();
    }

    @Test
    void withoutANewEpochARestartPublishesInAnOldOne() {
        SimulatedCluster cluster = new SimulatedCluster(1, 3);
        cluster.start();
        Memberships beforeThisEpoch = Memberships.NONE;
        cluster.coordinator.kill();
        cluster.store.kept = beforeThisEpoch;
        assertThatThrownBy(() -> {
                    cluster.coordinator.start();
                    cluster.run(Duration.ofSeconds(30));
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("who publishes in epoch 1");
    }

    @Test
    void withoutHeartbeatsASilentCrashIsNeverSeen() {
        CoordinatorConfig deaf = config().pingInterval(Duration.ofHours(1))
                .silence(Duration.ofHours(2))
                .build();
        Consumer<SimulatedCluster> crash = cluster -> cluster.nodes.getFirst().crash(true);
        assertThat(moves(deaf, crash)).isFalse();
        assertThat(moves(config().build(), crash)).isTrue();
    }

    @Test
    void withoutTimeForSuspectsABrokenConnectionMovesKeys() {
        Consumer<SimulatedCluster> loss = cluster -> {
            cluster.nodes.getFirst().patience = Duration.ofMillis(500);
            cluster.nodes.getFirst().loseConnection(false);
        };
        assertThat(moves(config().suspectTime(Duration.ofMillis(1)).build(), loss))
                .isTrue();
        assertThat(moves(config().build(), loss)).isFalse();
    }

    @Test
    void withoutAContestANodeThatComesBackWaitsForItsOldConnectionAndMovesKeys() {
        Consumer<SimulatedCluster> restart = cluster -> {
            cluster.nodes.getFirst().crash(true);
            cluster.run(Duration.ofMillis(200));
            cluster.nodes.getFirst().start();
        };
        assertThat(moves(config().contestTime(Duration.ofHours(1)).build(), restart))
                .isTrue();
        assertThat(moves(config().build(), restart)).isFalse();
    }

    @Test
    void withoutTimeToAnswerInAContestALivingNodeIsReplaced() {
        assertThat(afterATwin(config().contestTime(Duration.ofMillis(1)).build()))
                .containsEntry(ErrorCode.REPLACED, 1L);
        assertThat(afterATwin(config().build()))
                .containsEntry(ErrorCode.REPLACED, 0L)
                .containsEntry(ErrorCode.ID_IN_USE, 1L);
    }

    /** The errors after a second process has shown a node's id. */
    private static Map<ErrorCode, Long> afterATwin(CoordinatorConfig config) {
        SimulatedCluster cluster = new SimulatedCluster(1, 3, config, UnaryOperator.identity());
        cluster.start();
        SimulatedParticipant twin = cluster.twin(cluster.nodes.getFirst());
        twin.start();
        cluster.run(Duration.ofSeconds(2));
        twin.crash(false);
        return cluster.coordinator.rules().statistics(0).errors();
    }

    @Test
    void withMissesThatCountWhileTheLoopIsLateNodesThatLiveAreLost() {
        assertThat(lostByDelays(cluster ->
                        Optional.of(new LoopClock(cluster.simulation, Duration.ofHours(1), Duration.ofHours(1)))))
                .isPositive();
        assertThat(lostByDelays(cluster -> Optional.empty())).isZero();
    }

    /** How many nodes are lost by a coordinator that stands still again and again, but never for what it takes as a pause; it allows no miss. */
    private static long lostByDelays(Function<SimulatedCluster, Optional<LoopClock>> clock) {
        CoordinatorConfig strict =
                config().missesAllowed(1).pause(Duration.ofHours(1)).build();
        long lost = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedCluster cluster = new SimulatedCluster(seed, 6, strict, UnaryOperator.identity());
            cluster.coordinator.clock = clock.apply(cluster);
            cluster.start();
            for (int delay = 0; delay < 40; delay++) {
                cluster.run(cluster.simulation.between(4000, 8000));
                cluster.coordinator.pause(Duration.ofSeconds(4));
            }
            lost += cluster.coordinator.rules().statistics(0).lost();
        }
        return lost;
    }

    @Test
    void withoutWaitingForTheStoreAnEpochIsTakenTwice() {
        assertThatThrownBy(() -> diesWhileItSaves(true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("who publishes in epoch");
        diesWhileItSaves(false);
    }

    /** The coordinator dies again and again, with saves that take long; what is kept of them is left to chance. */
    private static void diesWhileItSaves(boolean hasty) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedCluster cluster = new SimulatedCluster(seed, 3);
            cluster.store.patience = Duration.ofSeconds(20);
            cluster.store.hasty = hasty;
            cluster.start();
            for (int death = 0; death < 5; death++) {
                restart(cluster);
                cluster.run(cluster.simulation.between(0, 8_000));
            }
        }
    }

    @Test
    void withoutAPaceTooManyRingsAreSentInASecond() {
        assertThatThrownBy(() -> flood(config().ringsPerSecondMax(1000).build()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("eleven rings in a row");
        flood(config().build());
    }

    private static void flood(CoordinatorConfig config) {
        SimulatedCluster cluster = new SimulatedCluster(1, 3, config, UnaryOperator.identity());
        cluster.start();
        for (int report = 0; report < 100; report++) {
            cluster.nodes.getFirst().report(report % 2 == 0 ? NodeState.IMPORTING : NodeState.EXPORTING);
            cluster.run(Duration.ofMillis(50));
        }
    }

    @Test
    void withRingsThatComeOutOfOrderAnObserverGoesBack() {
        RingSnapshot[] first = new RingSnapshot[1];
        SimulatedCluster cluster = new SimulatedCluster(1, 3, SimulatedCluster.CONFIG, rings -> {
            first[0] = first[0] == null ? rings : first[0];
            return rings.version().version() % 5 == 0 ? first[0] : rings;
        });
        assertThatThrownBy(cluster::start).isInstanceOf(AssertionError.class).hasMessageContaining("sees after");
    }

    private static CoordinatorConfig.Builder config() {
        return SimulatedCluster.CONFIG.toBuilder();
    }

    private static void restart(SimulatedCluster cluster) {
        cluster.coordinator.kill();
        cluster.coordinator.start();
    }

    /** Whether this moves a key within a minute, for any of some seeds. */
    private static boolean moves(CoordinatorConfig config, Consumer<SimulatedCluster> event) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedCluster cluster = new SimulatedCluster(seed, 6, config, UnaryOperator.identity());
            cluster.start();
            RingSnapshot before = cluster.history.latest();
            event.accept(cluster);
            for (int second = 0; second < 60; second++) {
                cluster.run(Duration.ofSeconds(1));
                for (String service : List.of("game", "chat")) {
                    if (!History.moved(before, cluster.history.latest(), service)
                            .isEmpty()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
