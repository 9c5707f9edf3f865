package guide;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.net.Backoff;
import dev.gatehouse.net.Client;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionEvents;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.KeptConnection;
import dev.gatehouse.net.message.Codec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The other side. */
final class Clients {
    private Clients() {}

    /** Asks one question, and returns the answer. */
    static String ask(String address, String question) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (Client client = Client.builder(Framing.lines(1024))
                .handler(Codec.text().handler((connection, line) -> answer.complete(line)))
                .connectTimeout(Duration.ofSeconds(2))
                .build()) {
            Connection connection = client.connect(address).join();
            connection.sendAsync(question.getBytes(UTF_8)).join();
            return answer.join();
        }
    }

    static Client reconnecting(Consumer<String> lines) {
        return Client.builder(Framing.lines(1024))
                .handler(Codec.text().handler((connection, line) -> lines.accept(line)))
                .backoff(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), 0.5))
                .build();
    }

    static KeptConnection subscribe(Client client, List<String> addresses) {
        return client.keepConnected(addresses, new ConnectionEvents() {
            @Override
            public void connected(Connection connection) {
                connection.send("subscribe".getBytes(UTF_8));
            }

            @Override
            public void disconnected(Connection connection, CloseReason reason, Duration wait) {
                System.out.println("lost: " + reason + "; again in " + wait.toMillis() + " ms");
            }
        });
    }
}
