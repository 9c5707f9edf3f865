package dev.gatehouse.cluster;

import static dev.gatehouse.cluster.TestParticipant.SECRET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a watcher makes of peers that aren't its coordinator. */
class ImpostorTest {
    private static final Framing TYPED = Framing.typed(MessageCodec.BODY_BYTES_MAX);

    private final List<String> why = new CopyOnWriteArrayList<>();

    static Stream<Arguments> answers() {
        Supplier<byte[]> wrongProof =
                () -> MessageCodec.encode(new Message.Verified(0, 3000, 3, 10_000, "ab".repeat(32)));
        return Stream.of(
                Arguments.of(wrongProof, "the coordinator can't prove that it knows the secret"),
                Arguments.of((Supplier<byte[]>) () -> MessageCodec.encode(new Message.Ping(1)), "wasn't expected"),
                Arguments.of((Supplier<byte[]>) () -> new byte[12], "no message: type: 0"),
                Arguments.of(
                        (Supplier<byte[]>) () -> MessageCodec.encode(new Message.Failure("NEW_CODE", "a\nb", "")),
                        "NEW_CODE: a b"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isLeftWhenItAnswersVerifyWith(Supplier<byte[]> answer, String sentence) {
        try (Server impostor = Server.builder("127.0.0.1:0", TYPED)
                        .handlers(connection -> new ImpostorHandler(answer.get()))
                        .start();
                Watcher watcher = watcher(impostor)) {
            await().until(() -> !why.isEmpty());
            assertThat(why.getFirst()).contains(sentence);
            assertThat(watcher.connected()).isFalse();
            assertThat(watcher.rings()).isEmpty();
        }
    }

    @Test
    void isLeftWhenItShowsNoKey() {
        byte[] greeting = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);
        try (Server web = Server.builder("127.0.0.1:0", Framing.untilEof(1024))
                        .handlers(connection -> new GreetingHandler(greeting))
                        .start();
                Watcher watcher = watcher(web)) {
            await().until(() -> !why.isEmpty());
            assertThat(why.getFirst()).contains("it sent no verify key");
            assertThat(watcher.connected()).isFalse();
        }
    }

    /** Whoever answers needs no secret to name a leader. */
    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "host:99999", "::1:12345", "a\nb"})
    void isAskedAgainWhenItNamesALeaderWhoseAddressIsNone(String leader) {
        Message.Failure failure = new Message.Failure(ErrorCode.NOT_LEADER.name(), "another one leads", leader);
        try (Server impostor = Server.builder("127.0.0.1:0", TYPED)
                        .handlers(connection -> new ImpostorHandler(MessageCodec.encode(failure)))
                        .start();
                Watcher watcher = watcher(impostor)) {
            await().until(() -> why.size() >= 3);
            assertThat(why.get(1)).contains("expected: HOST:PORT").doesNotContain("\n");
            assertThat(why.get(2)).contains("another one leads");
            assertThat(watcher.connected()).isFalse();
        }
    }

    private Watcher watcher(Server server) {
        ClusterAccess access = ClusterAccess.of(List.of(Address.format(server.localAddress())), SECRET);
        return Watcher.start(access, "gateway1", new ClusterListener() {
            @Override
            public void disconnected(String sentence, Duration wait) {
                why.add(sentence);
            }
        });
    }

    private static final class GreetingHandler implements ConnectionHandler {
        private final byte[] greeting;

        GreetingHandler(byte[] greeting) {
            this.greeting = greeting;
        }

        @Override
        public void opened(Connection connection) {
            connection.send(greeting);
        }

        @Override
        public void message(Connection connection, ByteBuf payload) {}
    }

    /** Shows a key, and answers whatever comes. */
    private static final class ImpostorHandler implements ConnectionHandler {
        private final byte[] answer;

        ImpostorHandler(byte[] answer) {
            this.answer = answer;
        }

        @Override
        public void opened(Connection connection) {
            connection.framing(Framing.fixed(Proof.KEY_BYTES));
            connection.send(Proof.newKey().getBytes(US_ASCII));
            connection.framing(TYPED);
        }

        @Override
        public void message(Connection connection, ByteBuf payload) {
            connection.send(answer);
        }
    }
}
