package dev.gatehouse.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A participant that speaks the protocol as badly as a test wants, over a socket of the JDK. */
public final class TestParticipant implements AutoCloseable {
    /** What all tests share. */
    public static final ClusterSecret SECRET = ClusterSecret.of("gatehouse-secret");

    private static final int HEADER_BYTES = 12;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String NONCE = "00112233445566778899aabbccddeeff";

    static {
        // The machine may stall for a while.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private final Socket socket;
    private final DataInputStream in;
    private final String key;

    private TestParticipant(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        key = new String(in.readNBytes(Proof.KEY_BYTES), US_ASCII);
    }

    /** Connects, and reads the verify key. */
    public static TestParticipant connect(InetSocketAddress coordinator) {
        try {
            Socket socket = new Socket();
            socket.connect(coordinator);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            return new TestParticipant(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects, and proves itself. */
    static TestParticipant verified(InetSocketAddress coordinator, Participant participant) {
        TestParticipant connected = connect(coordinator);
        connected.verify(participant);
        assertThat(connected.next()).isInstanceOf(Message.Verified.class);
        return connected;
    }

    /** Connects as a node, and proves itself. */
    public static TestParticipant node(InetSocketAddress coordinator, String id) {
        return verified(coordinator, Participant.of(Node.of(id, "db", "127.0.0.1", 7000)));
    }

    /** Connects as a watcher, and proves itself. */
    public static TestParticipant watcher(InetSocketAddress coordinator, String id) {
        return verified(coordinator, Participant.watcher(id));
    }

    /** The verify key that it was shown. */
    public String key() {
        return key;
    }

    void verify(Participant participant) {
        send(new Message.Verify(participant, NONCE, Proof.ofParticipant(SECRET, key, NONCE, participant)));
    }

    void send(Message message) {
        send(MessageCodec.encode(message));
    }

    void report(NodeState state, long transferId) {
        send(new Message.State(state, transferId));
    }

    /** Sends bytes as they are. */
    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a header and a body of JSON. */
    void send(int type, long length, String body) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeInt(type).writeInt(0).writeInt((int) length).writeCharSequence(body, UTF_8);
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        send(bytes);
    }

    /** The next message that isn't a PING, which it answers. */
    public Message next() {
        while (true) {
            Message message = nextOfAll();
            if (message instanceof Message.Ping(int number)) {
                send(new Message.Pong(number));
            } else {
                return message;
            }
        }
    }

    /** The next message. */
    Message nextOfAll() {
        try {
            byte[] header = new byte[HEADER_BYTES];
            in.readFully(header);
            int length = Unpooled.wrappedBuffer(header).getInt(HEADER_BYTES - Integer.BYTES);
            ByteBuf frame = Unpooled.wrappedBuffer(header, in.readNBytes(length));
            return MessageCodec.decode(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until rings come that are so. */
    RingSnapshot rings(Predicate<RingSnapshot> expected) {
        while (true) {
            if (next() instanceof Message.Ring(RingSnapshot rings) && expected.test(rings)) {
                return rings;
            }
        }
    }

    /** Reads on until this error comes, and the end after it; returns its sentence. */
    String refused(ErrorCode code) {
        String sentence = failure(code);
        ends();
        return sentence;
    }

    /** Reads on until this error comes; returns its sentence. */
    String failure(ErrorCode code) {
        while (true) {
            if (next() instanceof Message.Failure failure) {
                assertThat(failure.code()).isEqualTo(code.name());
                return failure.text();
            }
        }
    }

    /** The next message that is neither a PING nor a RING. */
    Message nextButRings() {
        Message message = next();
        while (message instanceof Message.Ring) {
            message = next();
        }
        return message;
    }

    /** Nothing more comes than the end. */
    void ends() {
        try {
            assertThat(in.read()).isEqualTo(-1);
        } catch (EOFException e) {
            // That is it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
