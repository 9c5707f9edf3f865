package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Many connections that come and go leave nothing behind. */
class ChurnTest extends TransportTest {
    private static final int ROUNDS = 2000;

    private final AtomicInteger open = new AtomicInteger();

    ChurnTest(Transport transport) {
        super(transport);
    }

    private final class Counting implements ConnectionHandler {
        @Override
        public void opened(Connection c) {
            open.incrementAndGet();
        }

        @Override
        public void message(Connection c, ByteBuf payload) {
            c.send(payload);
            switch (payload.readableBytes()) {
                case 1 -> c.close();
                case 2 -> throw new FramingException(CloseReason.MALFORMED_FRAME, "meant by the test");
                case 3 -> c.pauseReading();
                case 4 -> c.channel().close();
                default -> {}
            }
        }

        @Override
        public void closed(Connection c, CloseReason reason) {
            open.decrementAndGet();
        }
    }

    @Test
    void leavesNoConnectionAndNoDescriptorBehind() {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "needs /proc");
        Server server = start(server(FRAMES).handlers(c -> new Counting()));
        churn(server, 50);
        long before = count(descriptors);
        churn(server, ROUNDS);
        settle(server, () -> count(descriptors) <= before + 5);
    }

    private void churn(Server server, int rounds) {
        Random random = new Random(rounds);
        for (int i = 0; i < rounds; i++) {
            Peer peer = Peer.connect(server.localAddress());
            if (random.nextInt(10) > 0) {
                peer.send(
                        FramingContract.concat(Peer.frame(new byte[random.nextInt(6)]), new byte[random.nextInt(100)]));
            }
            switch (random.nextInt(4)) {
                case 0 -> peer.reset();
                case 1 -> {
                    peer.shutdownOutput();
                    peer.close();
                }
                default -> peer.close();
            }
        }
        settle(server, () -> true);
    }

    /** Some are accepted only when their peers have gone; so this goes on until it holds. */
    private void settle(Server server, BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            // Whoever is paused sees the end only when it reads again; a stalled one is broken by its close timeout.
            advance(Duration.ofSeconds(1));
            loops.get(0).execute(() -> {});
            resumeAll(server);
            return server.connections() == 0
                    && open.get() == 0
                    && allClosed(server.statistics())
                    && condition.getAsBoolean();
        });
    }

    private static boolean allClosed(ServerStatistics statistics) {
        return statistics.closed().values().stream().mapToLong(Long::longValue).sum() == statistics.opened();
    }

    private static void resumeAll(Server server) {
        ((ListeningServer) server).forEach(c -> c.eventLoop().execute(c::resumeReading));
    }

    private static long count(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that waits for nothing must not keep its loop awake. */
    @Test
    void aHalfClosedOrPausedConnectionDoesNotSpin() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Assumptions.assumeTrue(threads.isThreadCpuTimeSupported());
        CompletableFuture<Connection> halfClosed = new CompletableFuture<>();
        CompletableFuture<Connection> paused = new CompletableFuture<>();
        Server server = start(server(FRAMES).handler(new ConnectionHandler() {
            @Override
            public void message(Connection c, ByteBuf payload) {
                c.pauseReading();
                paused.complete(c);
            }

            @Override
            public void inputClosed(Connection c) {
                halfClosed.complete(c);
            }
        }));
        Peer first = peer(server);
        first.shutdownOutput();
        Peer second = peer(server);
        second.sendFrames("a", "b").shutdownOutput();
        halfClosed.join();
        paused.join();
        assertIdle(threads);
        first.reset();
        second.reset();
        assertIdle(threads);
        halfClosed.join().close();
        paused.join().close();
        await().until(() -> server.connections() == 0);
    }

    private void assertIdle(ThreadMXBean threads) {
        for (int i = 0; i < loops.size(); i++) {
            long id = loops.get(i)
                    .submit(() -> Thread.currentThread().threadId())
                    .syncUninterruptibly()
                    .getNow();
            long from = threads.getThreadCpuTime(id);
            long until = System.nanoTime() + Duration.ofMillis(500).toNanos();
            await().pollDelay(Duration.ofMillis(400)).until(() -> System.nanoTime() - until >= 0);
            long wall = System.nanoTime() - until + Duration.ofMillis(500).toNanos();
            assertThat(threads.getThreadCpuTime(id) - from).isLessThan(wall / 2);
        }
    }

    @Test
    void holdsNoMemoryOfConnectionsThatAreGone() {
        Server server = start(server(FRAMES).handlers(c -> new Counting()));
        ByteBufAllocatorMetricProvider allocator = (ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT;
        churn(server, ROUNDS / 4);
        long before = allocator.metric().usedDirectMemory();
        churn(server, ROUNDS);
        settle(server, () -> allocator.metric().usedDirectMemory() <= before + (16 << 20));
    }
}
