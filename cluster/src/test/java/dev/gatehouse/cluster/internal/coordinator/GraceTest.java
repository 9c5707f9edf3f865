package dev.gatehouse.cluster.internal.coordinator;

import static dev.gatehouse.cluster.TestParticipant.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.Standing;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a pause of the coordinator's own, what it reads may be old news: nobody is lost by it. */
class GraceTest {
    private static final CoordinatorConfig CONFIG = SimulatedCluster.CONFIG;
    private static final String NONCE = "00112233445566778899aabbccddeeff";

    private final Simulation simulation = new Simulation(1);
    private final Coordination rules = new Coordination(
            CONFIG,
            SECRET,
            Store.inMemory(),
            LoopClock.of(CONFIG, simulation),
            task -> simulation.after(Duration.ZERO, task));
    private final RecordingPeer before = new RecordingPeer(1);
    private Visit first;

    @BeforeEach
    void start() {
        rules.lead(1, Memberships.NONE);
        first = verified(before, "n1");
        verified(new RecordingPeer(2), "n2");
        pass(Duration.ofSeconds(1));
        for (RingMember member : rules.statistics(0).rings().members()) {
            assertThat(member.standing()).isEqualTo(Standing.OWNER);
        }
    }

    private Visit verified(RecordingPeer peer, String id) {
        String key = Proof.newKey();
        Visit visit = rules.expect(peer, key);
        rules.opened(visit);
        Participant participant = Participant.of(Node.of(id, "game", "127.0.0.1", 7000));
        rules.received(
                visit, new Message.Verify(participant, NONCE, Proof.ofParticipant(SECRET, key, NONCE, participant)));
        assertThat(peer.sent).first().isInstanceOf(Message.Verified.class);
        for (int change = 0; change < 4; change++) {
            pass(Duration.ofMillis(200));
            rules.received(visit, new Message.State(NodeState.NORMAL, change));
        }
        return visit;
    }

    /** Time passes while the loop runs. */
    private void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(Coordination.TICK)) {
            simulation.run(Coordination.TICK);
            rules.tick();
        }
    }

    private Standing standing() {
        return rules.statistics(0).rings().member("n1").orElseThrow().standing();
    }

    private Visit returnsAfterAPause(RecordingPeer peer) {
        simulation.run(Duration.ofSeconds(15));
        rules.closed(first);
        return verified(peer, "n1");
    }

    @Test
    void aNodeThatProvedItselfJustAfterAPauseHasTimeToReturnUntilItAnswersAPing() {
        Visit second = returnsAfterAPause(new RecordingPeer(3));
        rules.closed(second);
        pass(Duration.ofSeconds(25));
        assertThat(standing()).isEqualTo(Standing.OWNER);
        pass(Duration.ofSeconds(10));
        assertThat(standing()).isEqualTo(Standing.COVERED);
    }

    @Test
    void aNodeThatHasAnsweredIsLostAsQuicklyAsEver() {
        RecordingPeer peer = new RecordingPeer(3);
        Visit second = returnsAfterAPause(peer);
        rules.received(second, new Message.Pong(peer.lastPing()));
        rules.closed(second);
        pass(CONFIG.suspectTime().plusSeconds(1));
        assertThat(standing()).isEqualTo(Standing.COVERED);
    }

    @Test
    void aNodeThatTakesItsOwnPlaceAfterAPauseHasTimeToReturn() {
        simulation.run(Duration.ofSeconds(15));
        RecordingPeer peer = new RecordingPeer(3);
        String key = Proof.newKey();
        Visit second = rules.expect(peer, key);
        rules.opened(second);
        Participant participant = Participant.of(Node.of("n1", "game", "127.0.0.1", 7000));
        rules.received(
                second, new Message.Verify(participant, NONCE, Proof.ofParticipant(SECRET, key, NONCE, participant)));
        pass(CONFIG.contestTime().plusMillis(200));
        assertThat(peer.sent).hasAtLeastOneElementOfType(Message.Verified.class);
        rules.closed(second);
        pass(Duration.ofSeconds(20));
        assertThat(standing()).isEqualTo(Standing.OWNER);
    }
}
