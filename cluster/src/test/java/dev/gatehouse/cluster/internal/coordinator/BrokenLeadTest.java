package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.ring.snapshot.NodeState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two coordinators without one of the rules of a lead: the histories show it. */
class BrokenLeadTest {
    private static final int SEEDS = 20;

    /** Nobody gives a coordinator up while it stands still, so that it is one's own eye on the clock that counts. */
    private static final CoordinatorConfig PATIENT =
            SimulatedCluster.CONFIG.toBuilder().silence(Duration.ofSeconds(60)).build();

    @Test
    void withoutALookAtTheClockALeaderThatStoodStillPublishesAfterTheNext() {
        SimulatedEtcd.Rules blind = new SimulatedEtcd.Rules(SimulatedEtcd.LEASE, true, false);
        assertThatThrownBy(() -> standsStillWhileItSaves(blind))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rings are published in their order");
        standsStillWhileItSaves(SimulatedEtcd.Rules.TRUE);
    }

    @Test
    void withLeasesThatEndEarlierThanLeadersThinkTwoLeadAtOnce() {
        SimulatedEtcd.Rules early = new SimulatedEtcd.Rules(Duration.ofSeconds(1), true, true);
        assertThatThrownBy(() -> worksWhileWatchersGoFromOneToTheOther(early))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rings are published in their order");
        worksWhileWatchersGoFromOneToTheOther(SimulatedEtcd.Rules.TRUE);
    }

    private static void standsStillWhileItSaves(SimulatedEtcd.Rules rules) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedCluster cluster = SimulatedCluster.ofTwo(seed, 3, PATIENT, rules);
            cluster.start();
            cluster.nodes.getFirst().report(NodeState.IMPORTING);
            cluster.run(cluster.simulation.between(0, 120));
            cluster.leader().pause(Duration.ofSeconds(15));
            cluster.run(Duration.ofSeconds(11));
            for (int second = 0; second < 8; second++) {
                loseWatchers(cluster);
                cluster.run(Duration.ofSeconds(1));
            }
        }
    }

    /** They look for another coordinator. */
    private static void loseWatchers(SimulatedCluster cluster) {
        cluster.watchers.forEach(watcher -> {
            watcher.patience = Duration.ofMillis(500);
            watcher.loseConnection(false);
        });
    }

    private static void worksWhileWatchersGoFromOneToTheOther(SimulatedEtcd.Rules rules) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedCluster cluster = SimulatedCluster.ofTwo(seed, 3, SimulatedCluster.CONFIG, rules);
            cluster.start();
            for (int report = 0; report < 100; report++) {
                cluster.anyNode().report(report % 2 == 0 ? NodeState.IMPORTING : NodeState.EXPORTING);
                cluster.run(Duration.ofMillis(300));
                if (report % 5 == 0) {
                    loseWatchers(cluster);
                }
            }
        }
    }
}
