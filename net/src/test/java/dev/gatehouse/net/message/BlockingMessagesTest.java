package dev.gatehouse.net.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Server;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BlockingMessagesTest extends MessageContract {
    @Override
    <I, O> Server.Builder doing(Server.Builder builder, Codec<I, O> codec, Work<I, O> work) {
        return builder.blockingHandler(codec.blockingHandler(connection -> {
            Optional<I> message = connection.receive();
            while (message.isPresent()) {
                work.message(new BlockingReplies<>(connection), message.get());
                message = connection.receive();
            }
        }));
    }

    private record BlockingReplies<O>(BlockingMessageConnection<?, O> connection) implements Replies<O> {
        @Override
        public boolean send(O reply) throws InterruptedException {
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

    @Test
    void receivesAndSendsNothingAfterARefusedMessage() {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Server server = start(lines().blockingHandler(Codec.json(Integer.class, Integer.class)
                .blockingHandler(connection -> {
                    String received = connection.receive() + " " + connection.receive() + " " + connection.receive();
                    seen.complete(received + " " + connection.send(1));
                })));
        LinePeer peer = peer(server).send("1", "x", "2");
        assertThat(seen.orTimeout(60, TimeUnit.SECONDS).join())
                .isEqualTo("Optional[1] Optional.empty Optional.empty false");
        assertThat(peer.read()).isEqualTo("EOF");
        peer.close();
        awaitClosed(server, CloseReason.MALFORMED_MESSAGE);
    }
}
