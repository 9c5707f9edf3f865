package dev.gatehouse.net.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Server;
import java.util.Optional;
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
    void aHandlerMayReportARefusedMessageAndGoOn() {
        Server server = start(lines().blockingHandler(Codec.json(Integer.class, Integer.class)
                .blockingHandler(connection -> {
                    int sum = connection.receive().orElseThrow();
                    try {
                        sum += connection.receive().orElseThrow();
                    } catch (MessageException e) {
                        connection.report(e);
                    }
                    connection.send(sum + connection.receive().orElseThrow());
                })));
        assertThat(peer(server).send("1", "x", "2").read()).isEqualTo("3");
    }
}
