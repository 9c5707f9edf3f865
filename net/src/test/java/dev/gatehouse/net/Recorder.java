package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Remembers everything it hears. */
class Recorder implements ConnectionHandler {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final CompletableFuture<Connection> connection = new CompletableFuture<>();

    @Override
    public void opened(Connection c) {
        connection.complete(c);
    }

    @Override
    public void message(Connection c, ByteBuf payload) {
        heard.add(payload.toString(StandardCharsets.US_ASCII));
    }

    @Override
    public void inputClosed(Connection c) {
        heard.add("EOF");
    }

    @Override
    public void closing(Connection c, CloseReason reason) {
        heard.add("closing " + reason);
    }

    @Override
    public void closed(Connection c, CloseReason reason) {
        heard.add("closed " + reason);
    }

    void on(Consumer<Connection> action) {
        Connection c = connection.join();
        c.eventLoop().submit(() -> action.accept(c)).syncUninterruptibly();
    }

    void awaitHeard(String... all) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(heard).containsExactly(all));
    }
}
