package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BlockingHandlerTest extends HandlerContract {
    BlockingHandlerTest(Transport transport) {
        super(transport);
    }

    @Override
    Server.Builder doing(Server.Builder builder, Work work) {
        return builder.blockingHandler(connection -> {
            Optional<byte[]> message = connection.receive();
            while (message.isPresent()) {
                work.message(new BlockingReplies(connection), message.get());
                message = connection.receive();
            }
        });
    }

    private record BlockingReplies(BlockingConnection connection) implements Replies {
        @Override
        public void send(byte[] reply) throws InterruptedException {
            connection.send(reply);
        }

        @Override
        public void close() {
            connection.close();
        }

        @Override
        public void report(Throwable error) {
            connection.report(error);
        }
    }

    @Test
    void runsOnAVirtualThreadOfItsOwn() {
        Peer peer = peer(start(server(FRAMES)
                .blockingHandler(c -> c.send((Thread.currentThread().isVirtual()
                                + " "
                                + Thread.currentThread().getName().equals("connection-" + c.id()))
                        .getBytes(StandardCharsets.US_ASCII)))));
        assertThat(peer.readFrame()).isEqualTo("true true");
        assertThat(peer.readFrame()).isEqualTo("EOF");
    }

    @Test
    void stopsReadingWhenTheInboxIsFull() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        Server server = start(server(FRAMES).blockingHandler(c -> {
            go.await();
            Optional<byte[]> message = c.receive();
            while (message.isPresent()) {
                c.send(message.get());
                message = c.receive();
            }
        }));
        Peer peer = peer(server);
        for (int i = 0; i < 1000; i++) {
            peer.sendFrames("m" + i);
        }
        awaitMessages(server, VirtualThreadDispatcher.INBOX_MESSAGES_MAX);
        go.countDown();
        for (int i = 0; i < 1000; i++) {
            assertThat(peer.readFrame()).isEqualTo("m" + i);
        }
    }

    @Test
    void theHandlersReturnClosesInOrder() {
        Server server = start(server(FRAMES).blockingHandler(c -> c.send(new byte[10])));
        Peer peer = peer(server);
        assertThat(peer.readAll()).hasSize(12);
        peer.close();
        awaitClosed(server, CloseReason.LOCAL, 1);
    }

    @Test
    void afterItsCloseItReceivesNothingAndFinishesItsWork() {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Server server = start(server(FRAMES).blockingHandler(c -> {
            c.receive();
            c.close();
            seen.complete(c.receive().isPresent() + " " + c.send(new byte[1]));
        }));
        Peer peer = peer(server);
        peer.sendFrames("a", "b", "c");
        assertThat(seen.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("false true");
        assertThat(peer.readAll()).hasSize(3);
    }

    @Test
    void hearsOfAPeerThatIsGoneWhileItSends() {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        Server server = start(server(FRAMES).blockingHandler(c -> {
            while (c.send(new byte[10_000])) {}
            gone.complete(true);
        }));
        Peer peer = peer(server);
        peer.read(100_000);
        peer.reset();
        assertThat(gone.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
        awaitClosed(server, CloseReason.PEER_RESET, 1);
    }

    @Test
    void hearsOfADeadlineWhileItReceives() {
        CompletableFuture<Boolean> more = new CompletableFuture<>();
        Server server = start(server(FRAMES)
                .options(ConnectionOptions.builder()
                        .idleTimeout(Duration.ofSeconds(1))
                        .closeTimeout(Duration.ofHours(1))
                        .build())
                .blockingHandler(c -> more.complete(c.receive().isPresent())));
        Peer peer = peer(server);
        // The peer stays: what the handler hears can't be the connection's end.
        assertThat(more.orTimeout(60, TimeUnit.SECONDS).join()).isFalse();
        assertThat(peer.readAll()).isEmpty();
        peer.close();
        awaitClosed(server, CloseReason.IDLE_TIMEOUT, 1);
    }

    @Test
    void aMessageThatTheFramingCannotCarryIsTheHandlersError() {
        Server server = start(server(Framing.lengthPrefixed(1, 10)).blockingHandler(c -> {
            c.send(new byte[11]);
            c.receive();
        }));
        assertThat(peer(server).readAll()).isEmpty();
        awaitClosed(server, CloseReason.HANDLER_ERROR, 1);
    }

    @Test
    void aStopWaitsForTheWorkUnderWay() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Server server = start(server(FRAMES).blockingHandler(c -> {
            byte[] message = c.receive().orElseThrow();
            working.countDown();
            go.await();
            c.send(message);
            assertThat(c.receive()).isEmpty();
        }));
        Peer peer = peer(server);
        peer.sendFrames("a");
        working.await();
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> server.stop(Duration.ofSeconds(60)));
        await().until(() -> refused(server));
        go.countDown();
        assertThat(peer.readFrame()).isEqualTo("a");
        assertThat(peer.readFrame()).isEqualTo("EOF");
        peer.close();
        assertThat(stopped.join()).isTrue();
        assertThat(server.statistics().closed(CloseReason.SERVER_STOPPED)).isEqualTo(1);
    }

    @Test
    void aStopBreaksWorkThatTakesTooLong() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Server server = start(server(FRAMES).blockingHandler(c -> {
            working.countDown();
            go.await();
        }));
        Peer peer = peer(server);
        working.await();
        assertThat(server.stop(Duration.ofMillis(1))).isFalse();
        await().untilAsserted(() -> assertThat(server.connections()).isZero());
        assertThat(server.statistics().closed(CloseReason.SERVER_STOPPED)).isEqualTo(1);
        go.countDown();
        peer.close();
    }
}
