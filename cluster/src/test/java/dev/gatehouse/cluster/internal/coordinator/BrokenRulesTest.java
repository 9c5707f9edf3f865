package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.ring.membership.MembershipEvent;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
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
