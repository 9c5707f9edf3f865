package dev.gatehouse.cluster.internal.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.ring.snapshot.HashRange;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import dev.gatehouse.ring.snapshot.Transfer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
    private static final Node DB1 = new Node("db1", "first", "db", "10.0.0.1", 7000, 3, List.of("db2", "db3"));
    private static final String NONCE = "00112233445566778899aabbccddeeff";
    private static final String PROOF = "ab".repeat(32);

    static Stream<Message> messages() {
        return Stream.of(
                new Message.Verify(Participant.of(DB1), NONCE, PROOF),
                new Message.Verify(Participant.watcher("web1"), NONCE, PROOF),
                new Message.Verify(Participant.operator("operator"), NONCE, PROOF),
                new Message.Verified(7, 3000, 3, 10_000, PROOF),
                new Message.Ping(-1),
                new Message.Pong(41),
                new Message.State(NodeState.EXPORTING, Long.MAX_VALUE),
                new Message.Leave(),
                new Message.Failure("NOT_LEADER", "another one leads", "10.0.0.9:12345"),
                new Message.Failure("FULL", "no room", ""),
                new Message.Drain(9, "db1", true),
                new Message.Done(9, false, "who is db1?"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsWhatItWrites(Message message) {
        assertThat(decode(MessageCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void readsTheRingsThatItWrites() {
        RingSnapshot rings = RingSnapshot.of(
                new RingVersion(2, 17),
                RingSettings.DEFAULT,
                List.of(
                        new RingMember(DB1, NodeState.NORMAL, Standing.OWNER, true),
                        new RingMember(Node.of("db2", "db", "::1", 7001), NodeState.DOWN, Standing.COVERED, false)),
                Optional.of(new PendingTransfers(
                        4, List.of(new Transfer("db", Optional.empty(), "db1", new HashRange(-5, 3))))));
        RingSnapshot read = ((Message.Ring) decode(MessageCodec.encode(new Message.Ring(rings)))).rings();
        assertThat(read.version()).isEqualTo(rings.version());
        assertThat(read.settings()).isEqualTo(rings.settings());
        assertThat(read.members()).isEqualTo(rings.members());
        assertThat(read.pending()).isEqualTo(rings.pending());
    }

    @Test
    void writesRingAsTheProtocolSays() {
        RingSnapshot rings = RingSnapshot.of(
                new RingVersion(1, 2),
                RingSettings.DEFAULT,
                List.of(RingMember.owner(Node.of("db1", "db", "127.0.0.1", 7000))),
                Optional.of(new PendingTransfers(
                        4, List.of(new Transfer("db", Optional.empty(), "db1", new HashRange(-1, 3))))));
        byte[] bytes = MessageCodec.encode(new Message.Ring(rings));
        assertThat(new String(bytes, 12, bytes.length - 12, UTF_8)).isEqualTo("""
                        {"epoch":1,"version":2,"algorithm":"xxh64","points":1024,"boundPercent":0,"members":[{"id":"db1","name":"db1",\
                        "service":"db","address":"127.0.0.1","port":7000,"weight":1,"backups":[],"state":1,"placement":1,"draining":false}],\
                        "pending":{"transferId":4,"transfers":[{"service":"db","from":null,"to":"db1","start":"18446744073709551615",\
                        "end":"3"}]}}""");
    }

    @Test
    void passesOverFieldsThatItDoesNotKnow() {
        assertThat(decode(5, 0, "{\"state\":1,\"transferId\":3,\"mood\":\"good\"}"))
                .isEqualTo(new Message.State(NodeState.NORMAL, 3));
    }

    @Test
    void takesWhatANodeLeavesOut() {
        Message verify = decode(
                1,
                0,
                "{\"role\":1,\"id\":\"db1\",\"service\":\"db\",\"address\":\"h\",\"port\":1,\"nonce\":\"" + NONCE
                        + "\",\"proof\":\"" + PROOF + "\"}");
        assertThat(verify).isEqualTo(new Message.Verify(Participant.of(Node.of("db1", "db", "h", 1)), NONCE, PROOF));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0  | 0 | {}                              | type: 0 (expected: 1..10)
            77 | 0 | {}                              | type: 77 (expected: 1..10)
            5  | 1 | {"state":1}                     | STATE: other: 1 (expected: 0)
            5  | 0 | {"state":7}                     | STATE: state: 7 (expected: 0..4)
            5  | 0 | {"state":1.5}                   | STATE: state: not a whole number (expected: 0..4)
            5  | 0 | {"state":"1"}                   | STATE: state: not a whole number (expected: 0..4)
            5  | 0 | {"state":99999999999999999999}  | STATE: state: not a whole number (expected: 0..4)
            5  | 0 | {}                              | STATE: state: missing (expected: 0..4)
            5  | 0 | {"state":null}                  | STATE: state: missing (expected: 0..4)
            5  | 0 | {"state":1,"transferId":-1}     | STATE: transferId: -1 (expected: 0..9223372036854775807)
            5  | 0 | []                              | STATE: body: not an object (expected: a JSON object)
            5  | 0 | {"state":1                      | STATE: body: not JSON (expected: a JSON object)
            5  | 0 | {"state":1}{}                   | STATE: body: not JSON (expected: a JSON object)
            1  | 0 | {"role":4}                      | VERIFY: role: 4 (expected: 1..3)
            1  | 0 | {"role":1}                      | VERIFY: id: missing (expected: a text)
            1  | 0 | {"role":2,"id":"a b"}           | VERIFY: id (expected: [A-Za-z0-9._-]{1,64})
            1  | 0 | {"role":2,"id":"a","port":7}    | VERIFY: port: 7 (expected: 0..0)
            1  | 0 | {"role":2,"id":"a","service":"s"} | VERIFY: service: not empty (expected: an empty one in this role)
            1  | 0 | {"role":2,"id":"a","nonce":"xy"} | VERIFY: nonce: not one (expected: [0-9a-fA-F]{32})
            1  | 0 | {"role":1,"id":"a","service":"s","address":"h","port":1,"backups":7} | VERIFY: backups: not a list (expected: a list)
            1  | 0 | {"role":1,"id":"a","service":"s","address":"h\\u0000","port":1} | VERIFY: address (expected: 1..255 characters, no control characters)
            6  | 0 | {"algorithm":"xxh64","points":1,"boundPercent":0,"epoch":1,"version":1} | RING: members: missing (expected: a list)
            6  | 0 | {"algorithm":"xxh64","points":1,"boundPercent":0,"epoch":1,"version":1,"members":[],"pending":{"transferId":1}} | RING: pending: transfers: missing (expected: a list)
            9  | 5 | {"id":"db1","draining":"yes"}   | DRAIN: draining: not a boolean (expected: true or false)
            """)
    void refusesWhatIsNoMessage(long type, int other, String body, String sentence) {
        assertThatThrownBy(() -> decode(type, other, body))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage(sentence);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] overlong = "{\"id\":\"\u00c0\u00af\"}".getBytes(ISO_8859_1);
        assertThatThrownBy(() -> decode(frame(9, 0, overlong)))
                .hasMessage("DRAIN: body: not UTF-8 (expected: a JSON object)");
    }

    static Message decode(long type, int other, String body) {
        return decode(frame(type, other, body.getBytes(UTF_8)));
    }

    private static byte[] frame(long type, int other, byte[] body) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeInt((int) type).writeInt(other).writeInt(body.length).writeBytes(body);
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        return bytes;
    }

    private static Message decode(byte[] frame) {
        return MessageCodec.decode(Unpooled.wrappedBuffer(frame));
    }
}
