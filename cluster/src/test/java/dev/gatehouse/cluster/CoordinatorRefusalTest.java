package dev.gatehouse.cluster;

import static dev.gatehouse.cluster.TestParticipant.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.testing.ManualTicker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: each gets one ERROR, an orderly close and a count, and disturbs nobody else. */
class CoordinatorRefusalTest {
    private static final String NONCE = "00112233445566778899aabbccddeeff";
    private static final Participant DB1 = Participant.of(Node.of("db1", "db", "127.0.0.1", 7000));
    private static final Participant DB2 = Participant.of(Node.of("db2", "db", "127.0.0.1", 7000));
    private static final CoordinatorConfig CONFIG = CoordinatorConfig.DEFAULT.toBuilder()
            .connectionsMax(5)
            .unverifiedMax(20)
            .build();

    private final ManualTicker ticker = new ManualTicker();
    private final List<TestParticipant> participants = new ArrayList<>();
    private Coordinator coordinator;
    private InetSocketAddress address;

    @BeforeEach
    void start() {
        coordinator = Coordinator.builder("127.0.0.1:0", SECRET)
                .config(CONFIG)
                .ticker(ticker)
                .start();
        address = coordinator.localAddress();
        await().until(() -> coordinator.statistics().leading());
    }

    @AfterEach
    void stop() {
        participants.forEach(TestParticipant::close);
        coordinator.close();
    }

    @Test
    void refusesAWrongProof() {
        TestParticipant stranger = connect();
        stranger.send(new Message.Verify(DB1, NONCE, "0".repeat(64)));
        assertThat(stranger.refused(ErrorCode.BAD_PROOF)).contains("proof is wrong");
        assertThat(counted(ErrorCode.BAD_PROOF)).isEqualTo(1);
    }

    @Test
    void refusesAProofForAnotherKey() {
        TestParticipant victim = connect();
        TestParticipant replayer = connect();
        assertThat(replayer.key()).isNotEqualTo(victim.key());
        replayer.send(new Message.Verify(DB1, NONCE, Proof.ofParticipant(SECRET, victim.key(), NONCE, DB1)));
        replayer.refused(ErrorCode.BAD_PROOF);
    }

    @Test
    void refusesAProofForAnotherId() {
        TestParticipant relay = connect();
        relay.send(new Message.Verify(DB2, NONCE, Proof.ofParticipant(SECRET, relay.key(), NONCE, DB1)));
        relay.refused(ErrorCode.BAD_PROOF);
    }

    @Test
    void refusesWhoProvesNothingInTime() {
        TestParticipant silent = connect();
        passTime(CONFIG.verifyTimeout());
        silent.refused(ErrorCode.VERIFY_TIMEOUT);
        assertThat(coordinator.statistics().unverified()).isZero();
    }

    @Test
    void refusesALateProof() {
        TestParticipant late = connect();
        passTime(CONFIG.verifyTimeout());
        late.verify(DB1);
        late.refused(ErrorCode.VERIFY_TIMEOUT);
        assertThat(coordinator.statistics().nodes()).isZero();
    }

    @Test
    void refusesALengthBeyondTheLimit() {
        TestParticipant stranger = connect();
        stranger.send(1, 0xffff_ffffL, "");
        assertThat(stranger.refused(ErrorCode.BAD_MESSAGE)).contains("too long");
        assertThat(counted(ErrorCode.BAD_MESSAGE)).isEqualTo(1);
    }

    @Test
    void refusesAVerifyBeyondFourKibibytes() {
        TestParticipant stranger = connect();
        stranger.send(1, 4097, "");
        stranger.refused(ErrorCode.BAD_MESSAGE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            11 | {}           | type: 11
            1  | {"role":     | not JSON
            1  | {"role":4}   | role: 4
            1  | {"role":1}   | id: missing
            5  | {"state":1}  | not expected before VERIFIED
            7  | {}           | not expected before VERIFIED
            """)
    void refusesWhatMakesNoSenseBeforeVerified(int type, String body, String why) {
        TestParticipant stranger = connect();
        stranger.send(type, body.length(), body);
        assertThat(stranger.refused(ErrorCode.BAD_MESSAGE)).contains(why);
        assertThat(counted(ErrorCode.BAD_MESSAGE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            5  | {"state":7}                    | state: 7
            11 | {}                             | type: 11
            8  | {"code":"FULL","message":""}   | not expected from a node
            9  | {"id":"db1","draining":true}   | not expected from a node
            """)
    void refusesWhatMakesNoSenseFromANode(int type, String body, String why) {
        TestParticipant node = keep(TestParticipant.node(address, "db1"));
        node.send(type, body.length(), body);
        assertThat(node.refused(ErrorCode.BAD_MESSAGE)).contains(why);
    }

    @Test
    void refusesASecondVerify() {
        TestParticipant node = keep(TestParticipant.node(address, "db1"));
        node.verify(DB1);
        node.refused(ErrorCode.BAD_MESSAGE);
    }

    @Test
    void refusesAnIdThatLives() {
        TestParticipant first = keep(TestParticipant.node(address, "db1"));
        TestParticipant second = connect();
        second.verify(DB1);
        Thread.ofVirtual().start(() -> first.rings(rings -> false));
        second.refused(ErrorCode.ID_IN_USE);
        assertThat(coordinator.statistics().nodes()).isEqualTo(1);
    }

    @Test
    void replacesAnIdThatDoesNotAnswer() {
        TestParticipant halfOpen = keep(TestParticipant.node(address, "db1"));
        TestParticipant second = connect();
        second.verify(DB1);
        await().until(() -> halfOpen.nextOfAll() instanceof Message.Ping);
        passTime(CONFIG.contestTime());
        assertThat(second.next()).isInstanceOf(Message.Verified.class);
        assertThat(counted(ErrorCode.REPLACED)).isEqualTo(1);
        assertThat(coordinator.statistics().lost()).isZero();
    }

    @Test
    void refusesConnectionsBeyondTheLimit() {
        for (int i = 0; i < CONFIG.connectionsMax(); i++) {
            keep(TestParticipant.watcher(address, "web" + i));
        }
        TestParticipant tooMany = connect();
        tooMany.verify(DB1);
        assertThat(tooMany.refused(ErrorCode.FULL)).contains("5 connections");
    }

    @Test
    void givesTheLowestFreeSlot() {
        TestParticipant first = keep(TestParticipant.watcher(address, "web0"));
        keep(TestParticipant.watcher(address, "web1"));
        first.close();
        await().until(() -> coordinator.statistics().watchers() == 1);
        TestParticipant next = connect();
        next.verify(Participant.watcher("web2"));
        assertThat(((Message.Verified) next.next()).assignedId()).isZero();
    }

    @Test
    void countsUnverifiedConnectionsApart() {
        TestParticipant node = keep(TestParticipant.node(address, "db1"));
        List<TestParticipant> crowd = new ArrayList<>();
        for (int i = 0; i < CONFIG.unverifiedMax(); i++) {
            crowd.add(connect());
        }
        connect().refused(ErrorCode.FULL);
        node.report(NodeState.NORMAL, 0);
        node.send(new Message.Ping(7));
        assertThat(node.nextButRings()).isEqualTo(new Message.Pong(7));
        crowd.getFirst().close();
        await().until(() -> coordinator.statistics().unverified() < CONFIG.unverifiedMax());
        keep(TestParticipant.watcher(address, "web1"));
    }

    @Test
    void endsANodeThatFloods() {
        TestParticipant watcher = keep(TestParticipant.watcher(address, "web1"));
        TestParticipant node = keep(TestParticipant.node(address, "db1"));
        for (int i = 0; i <= CONFIG.messagesPerSecondMax(); i++) {
            node.report(i % 2 == 0 ? NodeState.IMPORTING : NodeState.EXPORTING, 0);
        }
        node.refused(ErrorCode.TOO_FAST);
        watcher.send(new Message.Ping(7));
        assertThat(watcher.nextButRings()).isEqualTo(new Message.Pong(7));
    }

    @Test
    void refusesANodeThatCannotBeAMember() {
        keep(TestParticipant.node(address, "db1")).close();
        await().until(() -> coordinator.statistics().nodes() == 0);
        TestParticipant other = connect();
        other.verify(Participant.of(Node.of("db1", "another", "127.0.0.1", 7000)));
        assertThat(other.refused(ErrorCode.REFUSED)).contains("db1");
    }

    /** In steps that are no pause. */
    private void passTime(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) <= 0; passed = passed.plusMillis(500)) {
            ticker.advance(Duration.ofMillis(500));
            coordinator.statistics();
        }
    }

    private long counted(ErrorCode code) {
        return coordinator.statistics().errors().getOrDefault(code, 0L);
    }

    private TestParticipant connect() {
        return keep(TestParticipant.connect(address));
    }

    private TestParticipant keep(TestParticipant participant) {
        participants.add(participant);
        return participant;
    }
}
