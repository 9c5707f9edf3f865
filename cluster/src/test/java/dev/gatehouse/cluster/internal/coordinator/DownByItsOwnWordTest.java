package dev.gatehouse.cluster.internal.coordinator;

import static dev.gatehouse.cluster.TestParticipant.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A node that reports state 0 stays connected, and may report another one later. */
class DownByItsOwnWordTest {
    private static final Duration WHILE = Duration.ofSeconds(10);
    private static final String NONCE = "00112233445566778899aabbccddeeff";

    private static void report(SimulatedCluster cluster, NodeState state) {
        cluster.nodes.getFirst().report(state);
        cluster.run(WHILE);
    }

    @Test
    void ownsAgainOnceItReportsThatItIsUp() {
        SimulatedCluster cluster = new SimulatedCluster(1, 4);
        cluster.start();
        report(cluster, NodeState.DOWN);
        assertThat(cluster.owners()).containsExactly("n2", "n3", "n4");
        report(cluster, NodeState.NORMAL);
        assertThat(cluster.owners()).containsExactly("n1", "n2", "n3", "n4");
    }

    @Test
    void joinsAnewWhereItWasTakenOffItsRingMeanwhile() {
        SimulatedCluster cluster = new SimulatedCluster(1, 4);
        cluster.start();
        report(cluster, NodeState.DOWN);
        cluster.run(SimulatedCluster.CONFIG.membership().removeAfter());
        assertThat(cluster.history.latest().member("n1")).isEmpty();
        report(cluster, NodeState.PREPARING);
        assertThat(cluster.owners()).containsExactly("n1", "n2", "n3", "n4");
    }

    /** What it still says while the ring without it is on its way is no return. */
    @Test
    void staysAwayOnceItHasLeft() {
        Simulation simulation = new Simulation(1);
        Coordination rules = new Coordination(
                SimulatedCluster.CONFIG,
                SECRET,
                Store.inMemory(),
                LoopClock.of(SimulatedCluster.CONFIG, simulation),
                task -> simulation.after(Duration.ZERO, task));
        rules.lead(1, Memberships.NONE);
        RecordingPeer peer = new RecordingPeer(1);
        String key = Proof.newKey();
        Visit visit = rules.expect(peer, key);
        rules.opened(visit);
        Participant participant = Participant.of(Node.of("n1", "game", "127.0.0.1", 7000));
        rules.received(
                visit, new Message.Verify(participant, NONCE, Proof.ofParticipant(SECRET, key, NONCE, participant)));
        rules.received(visit, new Message.Leave());
        rules.received(visit, new Message.State(NodeState.NORMAL, 0));
        for (Duration passed = Duration.ZERO; passed.compareTo(WHILE) < 0; passed = passed.plus(Coordination.TICK)) {
            simulation.run(Coordination.TICK);
            rules.tick();
        }
        assertThat(rules.statistics(0).published()).isPositive();
        assertThat(rules.statistics(0).rings().members()).isEmpty();
    }
}
