package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Deadlines by a clock that stands still until it is moved. */
class DeadlinesTest extends TransportTest {
    private static final Duration ALMOST = Duration.ofSeconds(10).minusNanos(1);
    private static final Duration TICK = Duration.ofNanos(1);

    private final AtomicLong sweeps = new AtomicLong();
    private final CompletableFuture<Connection> connection = new CompletableFuture<>();
    private final CompletableFuture<Connection> inputClosed = new CompletableFuture<>();

    DeadlinesTest(Transport transport) {
        super(transport, () -> 0);
    }

    private Server serve(Consumer<ConnectionOptions.Builder> deadlines) {
        ConnectionOptions.Builder options = ConnectionOptions.builder().queueBytesMax(64 << 20);
        deadlines.accept(options);
        return start(server(FRAMES).options(options.build()).handler(new ConnectionHandler() {
            @Override
            public void opened(Connection c) {
                connection.complete(c);
            }

            @Override
            public void message(Connection c, ByteBuf payload) {
                c.send(payload);
            }

            @Override
            public void tick(Connection c, long nanos) {
                sweeps.incrementAndGet();
            }

            @Override
            public void inputClosed(Connection c) {
                inputClosed.complete(c);
            }
        }));
    }

    /** Moves the clock and lets the sweeps see it: nothing ends. */
    private void advanceUnharmed(Duration by) {
        advance(by);
        long before = sweeps.get();
        await().until(() -> sweeps.get() >= before + 3);
    }

    private void on(Consumer<Connection> action) {
        Connection c = connection.join();
        c.eventLoop().submit(() -> action.accept(c)).syncUninterruptibly();
    }

    private void awaitEnd(Server server, Peer peer, CloseReason reason) {
        assertThat(peer.readFrame()).isEqualTo("EOF");
        peer.close();
        awaitClosed(server, reason, 1);
    }

    @Test
    void idleMeansNoByteForSoLong() {
        Server server = serve(o -> o.idleTimeout(Duration.ofSeconds(10)));
        Peer peer = peer(server);
        connection.join();
        advanceUnharmed(ALMOST);
        // Not even a message: one byte will do.
        peer.send(new byte[] {0});
        await().until(() -> server.statistics().bytesIn() == 1);
        // It is counted a moment before its time is taken.
        on(c -> {});
        advanceUnharmed(ALMOST);
        advance(TICK);
        awaitEnd(server, peer, CloseReason.IDLE_TIMEOUT);
    }

    @Test
    void theFirstMessageMustComeInTime() {
        Server server = serve(o -> o.firstMessageTimeout(Duration.ofSeconds(10)));
        Peer peer = peer(server);
        peer.send(new byte[] {0});
        await().until(() -> server.statistics().bytesIn() == 1);
        advanceUnharmed(ALMOST);
        advance(TICK);
        awaitEnd(server, peer, CloseReason.FIRST_MESSAGE_TIMEOUT);
    }

    @Test
    void afterTheFirstMessageItsDeadlineIsOver() {
        Server server = serve(o -> o.firstMessageTimeout(Duration.ofSeconds(10)));
        Peer peer = peer(server);
        assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        advanceUnharmed(Duration.ofDays(1));
        assertThat(peer.sendFrames("b").readFrame()).isEqualTo("b");
    }

    @Test
    void deadlinesForReadingRestWhilePaused() {
        Server server = serve(o -> o.idleTimeout(Duration.ofSeconds(10)).firstMessageTimeout(Duration.ofSeconds(20)));
        Peer peer = peer(server);
        connection.join();
        advanceUnharmed(ALMOST);
        on(Connection::pauseReading);
        advanceUnharmed(Duration.ofDays(1));
        on(Connection::resumeReading);
        // Idleness starts anew; the first message has 10 s and a bit left.
        advanceUnharmed(ALMOST);
        peer.send(new byte[] {0});
        await().until(() -> server.statistics().bytesIn() == 1);
        advanceUnharmed(TICK);
        advance(TICK);
        awaitEnd(server, peer, CloseReason.FIRST_MESSAGE_TIMEOUT);
    }

    @Test
    void nothingIsAwaitedFromAPeerThatHasClosedItsSide() {
        Server server = serve(o -> o.idleTimeout(Duration.ofSeconds(10)).firstMessageTimeout(Duration.ofSeconds(10)));
        Peer peer = peer(server);
        peer.shutdownOutput();
        inputClosed.join();
        advanceUnharmed(Duration.ofDays(1));
        on(c -> c.send("x".getBytes(StandardCharsets.US_ASCII)));
        assertThat(peer.readFrame()).isEqualTo("x");
    }

    @Test
    void aPeerThatTakesNothingForSoLongIsCutOff() {
        Server server = serve(o -> o.writeTimeout(Duration.ofSeconds(10)).sendBufferBytes(16 << 10));
        Peer peer = closed(Peer.connect(server.localAddress(), 16 << 10));
        connection.join();
        advanceUnharmed(Duration.ofDays(1));
        fill();
        advanceUnharmed(ALMOST);
        // More in the queue is no progress.
        on(c -> c.send(new byte[10]));
        awaitStalled(server);
        peer.close();
    }

    @Test
    void aPeerThatTakesABitIsNot() {
        Server server = serve(o -> o.writeTimeout(Duration.ofSeconds(10)).sendBufferBytes(16 << 10));
        Peer peer = closed(Peer.connect(server.localAddress(), 16 << 10));
        fill();
        for (int i = 0; i < 4; i++) {
            // A sweep may see what the peer took before or after the tick below.
            advanceUnharmed(ALMOST.minus(TICK));
            long queued = queued();
            while (queued() == queued) {
                peer.read(16 << 10);
            }
            // Its time begins when a sweep sees it; the clock must not have gone on by then.
            advanceUnharmed(Duration.ZERO);
        }
        awaitStalled(server);
    }

    /** The kernels may still have moved a bit late, so once may not be enough. */
    private void awaitStalled(Server server) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            advance(Duration.ofSeconds(10));
            return server.statistics().closed(CloseReason.WRITE_STALLED) == 1;
        });
    }

    /** Sends much more than the sockets hold, and waits until they are full. */
    private void fill() {
        on(c -> {
            for (int i = 0; i < 200; i++) {
                c.send(new byte[60_000]);
            }
        });
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            long queued = queued();
            return queued > 0 && last.getAndSet(queued) == queued;
        });
    }

    private long queued() {
        return connection
                .join()
                .eventLoop()
                .submit(() -> connection.join().channel().bytesBeforeWritable())
                .syncUninterruptibly()
                .getNow();
    }

    @Test
    void theCloseWaitsTwoSecondsForThePeersEof() {
        Server server = serve(o -> {});
        Peer peer = peer(server);
        on(c -> c.close());
        assertThat(peer.readFrame()).isEqualTo("EOF");
        advance(Duration.ofSeconds(2).minusNanos(1));
        // The connection has no ticks any more: another one shows that the sweeps went by.
        Peer other = peer(server);
        assertThat(other.sendFrames("a").readFrame()).isEqualTo("a");
        long before = sweeps.get();
        await().until(() -> sweeps.get() >= before + 10);
        assertThat(server.connections()).isEqualTo(2);
        advance(TICK);
        awaitClosed(server, CloseReason.LOCAL, 1);
        await().until(() -> server.connections() == 1);
    }

    @Test
    void theCloseOfAPeerThatDoesNotReadEndsWithTheWriteDeadline() {
        Server server = serve(o -> o.writeTimeout(Duration.ofSeconds(10)).sendBufferBytes(16 << 10));
        Peer peer = closed(Peer.connect(server.localAddress(), 16 << 10));
        fill();
        on(c -> c.close());
        await().until(() -> {
            advance(Duration.ofSeconds(1));
            return server.connections() == 0;
        });
        assertThat(server.statistics().closed(CloseReason.LOCAL)).isEqualTo(1);
        peer.close();
    }

    @Test
    void withoutAWriteDeadlineTheCloseStillEnds() {
        Server server = serve(o -> o.writeTimeout(Duration.ZERO).sendBufferBytes(16 << 10));
        Peer peer = closed(Peer.connect(server.localAddress(), 16 << 10));
        fill();
        advanceUnharmed(Duration.ofDays(1));
        on(c -> c.close());
        await().until(() -> {
            advance(Duration.ofSeconds(1));
            return server.connections() == 0;
        });
        peer.close();
    }

    @Test
    void withoutDeadlinesNothingEnds() {
        Server server = serve(o -> {});
        Peer peer = peer(server);
        connection.join();
        advanceUnharmed(Duration.ofDays(1000));
        assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
    }
}
