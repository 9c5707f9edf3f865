package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is kept for a peer that doesn't read is bounded, and what happens then is declared. */
class SlowPeerTest extends TransportTest {
    private static final int QUEUE_BYTES_MAX = 256 << 10;
    private static final byte[] MESSAGE = new byte[10_000];

    private final CompletableFuture<Connection> opened = new CompletableFuture<>();
    private final AtomicInteger roomAgain = new AtomicInteger();

    SlowPeerTest(Transport transport) {
        super(transport);
    }

    private Server serve(QueuePolicy policy) {
        ConnectionOptions options = ConnectionOptions.builder()
                .queueBytesMax(QUEUE_BYTES_MAX)
                .queuePolicy(policy)
                .sendBufferBytes(16 << 10)
                .build();
        return start(server(FRAMES).options(options).handler(new ConnectionHandler() {
            @Override
            public void opened(Connection c) {
                opened.complete(c);
            }

            @Override
            public void message(Connection c, ByteBuf payload) {}

            @Override
            public void writable(Connection c) {
                roomAgain.incrementAndGet();
            }
        }));
    }

    private Peer slowPeer(Server server) {
        return closed(Peer.connect(server.localAddress(), 16 << 10));
    }

    private void sendUntilFull(Connection c) {
        for (int i = 0; i < 10_000; i++) {
            c.send(MESSAGE);
        }
    }

    @Test
    void closesFromElsewhere() {
        Server server = serve(QueuePolicy.CLOSE);
        Peer peer = slowPeer(server);
        sendUntilFull(opened.join());
        awaitClosed(server, CloseReason.QUEUE_FULL, 1);
        assertThat(server.statistics().bytesOut()).isLessThan(2 * QUEUE_BYTES_MAX + (1 << 20));
        assertThat(opened.join().send(MESSAGE)).isFalse();
        peer.close();
    }

    @Test
    void closesFromTheEventLoop() {
        Server server = serve(QueuePolicy.CLOSE);
        Peer peer = slowPeer(server);
        Connection c = opened.join();
        c.eventLoop().submit(() -> sendUntilFull(c)).syncUninterruptibly();
        awaitClosed(server, CloseReason.QUEUE_FULL, 1);
        assertThat(server.statistics().bytesOut()).isLessThan(2 * QUEUE_BYTES_MAX + (1 << 20));
        peer.close();
    }

    @Test
    void failsAndTheConnectionGoesOn() {
        Server server = serve(QueuePolicy.FAIL);
        Peer peer = slowPeer(server);
        Connection c = opened.join();
        assertThatThrownBy(() -> sendUntilFull(c)).isInstanceOf(QueueFullException.class);
        CompletableFuture<CompletableFuture<Void>> refused = new CompletableFuture<>();
        await().until(() -> {
            CompletableFuture<Void> sent = c.sendAsync(MESSAGE);
            return sent.isCompletedExceptionally() && refused.complete(sent);
        });
        assertThat(refused.join())
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withCauseInstanceOf(QueueFullException.class);
        Thread reader = Thread.ofVirtual().start(() -> {
            while (!peer.readFrame().equals("x")) {}
        });
        await().until(() -> roomAgain.get() > 0);
        await().ignoreExceptions().until(() -> c.send(new byte[] {'x'}));
        await().until(() -> !reader.isAlive());
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void failsOnTheEventLoopToo() {
        Server server = serve(QueuePolicy.FAIL);
        slowPeer(server);
        Connection c = opened.join();
        assertThatThrownBy(() -> c.eventLoop().submit(() -> sendUntilFull(c)).syncUninterruptibly())
                .isInstanceOf(QueueFullException.class);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void waitsUntilThereIsRoom() throws InterruptedException {
        Server server = serve(QueuePolicy.WAIT);
        Peer peer = slowPeer(server);
        Connection c = opened.join();
        int messages = 2000;
        AtomicInteger sent = new AtomicInteger();
        Thread sender = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < messages; i++) {
                c.send(MESSAGE);
                sent.incrementAndGet();
            }
        });
        await().until(() -> sender.getState() == Thread.State.WAITING);
        assertThat(sent).hasValueLessThan(messages);
        for (int i = 0; i < messages; i++) {
            assertThat(peer.readFrame()).hasSize(MESSAGE.length);
        }
        sender.join();
    }

    @Test
    void aWaitEndsWithTheConnection() throws InterruptedException {
        Server server = serve(QueuePolicy.WAIT);
        Peer peer = slowPeer(server);
        Connection c = opened.join();
        Thread sender = Thread.ofVirtual().start(() -> sendUntilFull(c));
        await().until(() -> sender.getState() == Thread.State.WAITING);
        peer.reset();
        sender.join(Duration.ofSeconds(60));
        assertThat(sender.isAlive()).isFalse();
    }

    @Test
    void tellsWhenAMessageIsWritten() {
        Server server = serve(QueuePolicy.CLOSE);
        Peer peer = slowPeer(server);
        Connection c = opened.join();
        CompletableFuture<Void> small = c.sendAsync(new byte[] {'a'});
        assertThat(small).succeedsWithin(Duration.ofSeconds(60));
        CompletableFuture<Void> last = new CompletableFuture<>();
        c.eventLoop()
                .submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        c.send(MESSAGE);
                    }
                    c.sendAsync(new byte[] {'z'}).thenRun(() -> last.complete(null));
                })
                .syncUninterruptibly();
        assertThat(last).isNotDone();
        while (!peer.readFrame().equals("z")) {}
        assertThat(last).succeedsWithin(Duration.ofSeconds(60));
    }

    @Test
    void tellsThatAMessageWillNeverBeWritten() {
        Server server = serve(QueuePolicy.CLOSE);
        Peer peer = slowPeer(server);
        Connection c = opened.join();
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        c.eventLoop()
                .submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        c.send(MESSAGE);
                    }
                    c.sendAsync(new byte[1]).whenComplete((written, failure) -> {
                        if (failure instanceof NotSentException notSent) {
                            stuck.completeExceptionally(notSent);
                        }
                    });
                })
                .syncUninterruptibly();
        peer.reset();
        assertThat(stuck)
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withCauseInstanceOf(NotSentException.class);
        assertThat(c.sendAsync(new byte[1])).failsWithin(Duration.ofSeconds(60));
    }

    @Test
    void whoWasToldThatThereIsNoRoomHearsWhenThereIs() {
        Server server = serve(QueuePolicy.CLOSE);
        Peer peer = slowPeer(server);
        Connection c = opened.join();
        for (int round = 0; round < 50; round++) {
            int before = roomAgain.get();
            int sent = 1;
            while (c.send(MESSAGE)) {
                sent++;
            }
            for (int i = 0; i < sent; i++) {
                peer.readFrame();
            }
            await().until(() -> roomAgain.get() > before);
        }
    }
}
