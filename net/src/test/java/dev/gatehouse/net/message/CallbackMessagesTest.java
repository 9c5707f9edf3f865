package dev.gatehouse.net.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.Server;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CallbackMessagesTest extends MessageContract {
    @Override
    <I, O> Server.Builder doing(Server.Builder builder, Codec<I, O> codec, Work<I, O> work) {
        return builder.handler(codec.handler((connection, message) -> {
            try {
                work.message(new CallbackReplies<>(connection), message);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private record CallbackReplies<O>(MessageConnection<O> connection) implements Replies<O> {
        @Override
        public boolean send(O reply) {
            return connection.send(reply);
        }

        @Override
        public void report(Throwable error) {
            connection.report(error);
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    /** Remembers everything it hears. */
    private static final class Recorder implements MessageHandler<String, String> {
        final List<String> heard = new CopyOnWriteArrayList<>();
        final Set<MessageConnection<String>> connections = ConcurrentHashMap.newKeySet();

        private void heard(MessageConnection<String> connection, String what) {
            connections.add(connection);
            heard.add(what);
        }

        @Override
        public void opened(MessageConnection<String> connection) {
            heard(connection, "opened");
            connection.connection().attach("the user's own");
        }

        @Override
        public void message(MessageConnection<String> connection, String message) {
            heard(connection, message);
            if (message.equals("flood")) {
                while (connection.send("x".repeat(10_000))) {}
            } else {
                connection.send(connection.connection().attachment(String.class).orElse("lost"));
            }
        }

        @Override
        public void writable(MessageConnection<String> connection) {
            heard(connection, "writable");
            connection.send("end");
        }

        @Override
        public void inputClosed(MessageConnection<String> connection) {
            heard(connection, "EOF");
        }

        @Override
        public void tick(MessageConnection<String> connection, long nanos) {
            connections.add(connection);
        }

        @Override
        public void stopping(MessageConnection<String> connection) {
            heard(connection, "stopping");
            connection.send("bye");
            connection.connection().close(CloseReason.SERVER_STOPPED);
        }

        @Override
        public void closing(MessageConnection<String> connection, CloseReason reason) {
            heard(connection, "closing " + reason);
            connection.send("sorry");
        }

        @Override
        public void closed(MessageConnection<String> connection, CloseReason reason) {
            heard(connection, "closed " + reason);
        }
    }

    @Test
    void hearsEverythingOnOneObjectAConnection() {
        Recorder recorder = new Recorder();
        Server server = start(lines().handler(Codec.text().handler(recorder)));
        LinePeer peer = peer(server);
        assertThat(peer.send("a").read()).isEqualTo("the user's own");
        peer.send("flood");
        String line = peer.read();
        while (!line.equals("end")) {
            assertThat(line).hasSize(10_000);
            line = peer.read();
        }
        peer.shutdownOutput();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(recorder.heard).contains("EOF"));
        Thread stopping = Thread.ofVirtual().start(() -> server.stop(Duration.ofSeconds(60)));
        assertThat(peer.read()).isEqualTo("bye");
        assertThat(peer.read()).isEqualTo("EOF");
        peer.close();
        await().atMost(Duration.ofSeconds(60)).until(() -> !stopping.isAlive());
        assertThat(recorder.heard)
                .containsExactly("opened", "a", "flood", "writable", "EOF", "stopping", "closed SERVER_STOPPED");
        assertThat(recorder.connections).hasSize(1);
    }

    @Test
    void saysGoodbyeToWhomItRefuses() {
        Recorder recorder = new Recorder();
        Codec<String, String> codec = new Codec<>() {
            @Override
            public String decode(ByteBuf payload) {
                throw new MessageException("refused (meant by the test)");
            }

            @Override
            public void encode(String message, ByteBuf out) {
                Codec.text().encode(message, out);
            }
        };
        Server server = start(lines().handler(codec.handler(recorder)));
        LinePeer peer = peer(server).send("a", "b");
        assertThat(peer.read()).isEqualTo("sorry");
        assertThat(peer.read()).isEqualTo("EOF");
        peer.close();
        awaitClosed(server, CloseReason.MALFORMED_MESSAGE);
        List<String> all = List.of("opened", "closing MALFORMED_MESSAGE", "closed MALFORMED_MESSAGE");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(recorder.heard).isEqualTo(all));
    }

    @Test
    void sendsFromAnyThread() {
        Server server = serve(
                Codec.text(),
                (replies, message) -> Thread.ofVirtual().start(() -> {
                    try {
                        replies.send(message + " from elsewhere");
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        assertThat(peer(server).send("a").read()).isEqualTo("a from elsewhere");
    }

    @Test
    void aHandlerCanHandAConnectionFromOneCodecToAnother() {
        ConnectionHandler login = Codec.text().handler((connection, name) -> connection.send("hello " + name));
        ConnectionHandler requests = Codec.json(Request.Add.class, Integer.class)
                .handler((connection, add) -> connection.send(add.left() + add.right()));
        Server server = start(lines().handlers(c -> new ConnectionHandler() {
            private ConnectionHandler now = login;

            @Override
            public void message(Connection connection, ByteBuf payload) {
                now.message(connection, payload);
                now = requests;
            }
        }));
        LinePeer peer = peer(server).send("alice", "{\"left\":1,\"right\":2}");
        assertThat(peer.read()).isEqualTo("hello alice");
        assertThat(peer.read()).isEqualTo("3");
    }
}
