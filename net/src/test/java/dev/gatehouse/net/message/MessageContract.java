package dev.gatehouse.net.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.ConnectionError;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handler of messages gets and can do, in whichever style it is written; over real sockets. */
@Timeout(120)
abstract class MessageContract {
    sealed interface Request {
        record Add(int left, int right) implements Request {}

        record Greet(String name) implements Request {}
    }

    sealed interface Reply {
        record Sum(int value) implements Reply {}

        record Greeting(String text) implements Reply {}
    }

    /** Writes a half of the text {@code half}, and then can't go on. */
    private static final class HalfWriting implements Codec<String, String> {
        @Override
        public String decode(ByteBuf payload) {
            return Codec.text().decode(payload);
        }

        @Override
        public void encode(String message, ByteBuf out) {
            Codec.text().encode(message, out);
            if (message.equals("half")) {
                throw new IllegalStateException("half (meant by the test)");
            }
        }
    }

    /** What is to be done for each message. */
    interface Work<I, O> {
        void message(Replies<O> replies, I message) throws Exception;
    }

    interface Replies<O> {
        boolean send(O reply) throws InterruptedException;

        void report(Throwable error);

        void close();
    }

    private final List<ConnectionError> errors = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    abstract <I, O> Server.Builder doing(Server.Builder builder, Codec<I, O> codec, Work<I, O> work);

    final Server start(Server.Builder builder) {
        Server server = builder.start();
        opened.addFirst(() -> server.stop(Duration.ofMillis(50)));
        return server;
    }

    final Server.Builder lines() {
        return Server.builder("127.0.0.1:0", Framing.lines(65536)).errorListener(errors::add);
    }

    final <I, O> Server serve(Codec<I, O> codec, Work<I, O> work) {
        return start(doing(lines(), codec, work));
    }

    final LinePeer peer(Server server) {
        LinePeer peer = new LinePeer(server.localAddress());
        opened.addFirst(peer);
        return peer;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    static void awaitClosed(Server server, CloseReason reason) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(server.statistics().closed(reason)).isEqualTo(1));
    }

    private static Reply answer(Request request) {
        return switch (request) {
            case Request.Add add -> new Reply.Sum(add.left + add.right);
            case Request.Greet greet -> new Reply.Greeting("hello " + greet.name);
        };
    }

    private Server answering() {
        return serve(Codec.json(Request.class, Reply.class), (replies, request) -> replies.send(answer(request)));
    }

    @Test
    void answersMessagesOfTheUsersTypes() {
        LinePeer peer = peer(answering());
        peer.send("{\"type\":\"Add\",\"left\":1,\"right\":2}", "{\"name\":\"Zoë\",\"type\":\"Greet\"}");
        assertThat(peer.read()).isEqualTo("{\"type\":\"Sum\",\"value\":3}");
        assertThat(peer.read()).isEqualTo("{\"type\":\"Greeting\",\"text\":\"hello Zoë\"}");
        assertThat(peer.shutdownOutput().read()).isEqualTo("EOF");
    }

    @Test
    void answersInOrderUnderPipelining() throws InterruptedException {
        LinePeer peer = peer(answering());
        int count = 5_000;
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < count; i++) {
                peer.send("{\"type\":\"Add\",\"left\":" + i + ",\"right\":0}");
            }
        });
        for (int i = 0; i < count; i++) {
            assertThat(peer.read()).isEqualTo("{\"type\":\"Sum\",\"value\":" + i + "}");
        }
        writer.join();
    }

    @Test
    void aRefusedMessageEndsTheConnectionAfterWhatWasSentBefore() {
        Server server = answering();
        LinePeer peer = peer(server);
        LinePeer other = peer(server);
        String good = "{\"type\":\"Greet\",\"name\":\"a\"}";
        peer.send(good, "{\"type\":\"Nonsense\"}", good, good);
        assertThat(peer.read()).isEqualTo("{\"type\":\"Greeting\",\"text\":\"hello a\"}");
        assertThat(peer.read()).isEqualTo("EOF");
        peer.close();
        awaitClosed(server, CloseReason.MALFORMED_MESSAGE);
        assertThat(other.send(good).read()).startsWith("{\"type\":\"Greeting\"");
    }

    @Test
    void reportsARefusedMessageWithoutItsPayload() {
        Server server = answering();
        peer(server).send("{\"type\":\"Add\",\"left\":\"secret\",\"right\":1}").read();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(errors).hasSize(1));
        ConnectionError error = errors.getFirst();
        assertThat(error.closeReason()).hasValue(CloseReason.MALFORMED_MESSAGE);
        assertThat(error.message())
                .contains("JSON: InvalidFormatException at line 1, column ")
                .doesNotContain("secret");
    }

    @Test
    void nothingIsSentOfAMessageThatCannotBeEncoded() {
        LinePeer peer = peer(serve(new HalfWriting(), (replies, message) -> {
            try {
                replies.send("half");
            } catch (IllegalStateException e) {
                replies.send(message + " " + e.getMessage());
            }
        }));
        assertThat(peer.send("a").read()).isEqualTo("a half (meant by the test)");
    }

    @Test
    void goesOnAfterAReportedError() {
        LinePeer peer = peer(serve(Codec.text(), (replies, message) -> {
            replies.report(new IllegalStateException("meant by the test"));
            replies.send(message);
        }));
        assertThat(peer.send("a").read()).isEqualTo("a");
        assertThat(peer.send("b").read()).isEqualTo("b");
    }

    @Test
    void carriesBytesAndTexts() {
        LinePeer bytes = peer(serve(Codec.bytes(), Replies::send));
        LinePeer texts = peer(serve(Codec.text(), Replies::send));
        for (String line : new String[] {"", "plain", "Zoë 😀"}) {
            assertThat(bytes.send(line).read()).isEqualTo(line);
            assertThat(texts.send(line).read()).isEqualTo(line);
        }
    }

    @Test
    void itsCloseIsOrderlyAndEndsTheMessages() {
        Server server = serve(Codec.text(), (replies, message) -> {
            replies.send("bye");
            replies.close();
        });
        LinePeer peer = peer(server).send("a", "b");
        assertThat(peer.read()).isEqualTo("bye");
        assertThat(peer.read()).isEqualTo("EOF");
        peer.close();
        awaitClosed(server, CloseReason.LOCAL);
    }
}
