package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServerTest extends TransportTest {
    private static final ConnectionHandler ECHO = (c, message) -> c.send(message);

    ServerTest(Transport transport) {
        super(transport);
    }

    @Test
    void saysThatThePortIsInUse() {
        Server first = start(server(FRAMES).handler(ECHO));
        String address = Address.format(first.localAddress());
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(
                        () -> Server.builder(address, FRAMES).eventLoops(loops).start())
                .withMessage("can't listen on " + address + ": the port is in use");
    }

    @Test
    void saysThatTheAddressIsNotOurs() {
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() ->
                        Server.builder("192.0.2.1:0", FRAMES).eventLoops(loops).start())
                .withMessage("can't listen on 192.0.2.1:0: the address doesn't belong to this machine");
    }

    @Test
    void saysThatTheHostIsUnknown() {
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> Server.builder("no-such-host.invalid:0", FRAMES)
                        .eventLoops(loops)
                        .start())
                .withMessage("can't listen on no-such-host.invalid:0: unknown host no-such-host.invalid");
    }

    @Test
    void leavesNoThreadsBehindWhenItCannotListen() {
        Server first = start(server(FRAMES).handler(ECHO));
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> Server.builder(Address.format(first.localAddress()), FRAMES)
                        .start());
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("gatehouse-"))
                .hasSizeLessThanOrEqualTo(loops.size()));
    }

    @Test
    void closesConnectionsBeyondTheLimitAndTakesOthersWhenThereIsRoom() {
        Server server = start(server(FRAMES).connectionsMax(2).handler(ECHO));
        Peer first = peer(server);
        Peer second = peer(server);
        assertThat(first.sendFrames("a").readFrame()).isEqualTo("a");
        assertThat(second.sendFrames("b").readFrame()).isEqualTo("b");
        for (int i = 0; i < 3; i++) {
            assertThat(endsAtOnce(peer(server))).isTrue();
        }
        assertThat(server.connections()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(server.statistics().refused()).isEqualTo(3));
        awaitClosed(server, CloseReason.CONNECTION_LIMIT, 3);
        assertThat(server.statistics().opened()).isEqualTo(2);
        first.close();
        awaitConnections(server, 1);
        assertThat(peer(server).sendFrames("c").readFrame()).isEqualTo("c");
    }

    private static boolean endsAtOnce(Peer peer) {
        try {
            return peer.readAll().length == 0;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    @Test
    void countsWhatItDoes() {
        Server server = start(server(FRAMES).handler(ECHO));
        Peer peer = peer(server);
        peer.sendFrames("abc", "", "de");
        assertThat(peer.read(11)).hasSize(11);
        peer.send(new byte[] {9});
        await().untilAsserted(() -> assertThat(server.statistics().bytesIn()).isEqualTo(12));
        ServerStatistics statistics = server.statistics();
        assertThat(statistics.opened()).isEqualTo(1);
        assertThat(statistics.messagesIn()).isEqualTo(3);
        assertThat(statistics.messagesOut()).isEqualTo(3);
        assertThat(statistics.bytesOut()).isEqualTo(11);
        assertThat(statistics.refused()).isZero();
        assertThat(statistics.closed())
                .hasSize(CloseReason.values().length)
                .allSatisfy((reason, count) -> assertThat(count).isZero());
        peer.close();
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
        assertThat(server.statistics().closed()).containsEntry(CloseReason.PEER_CLOSED, 1L);
        assertThat(server.statistics().closed().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void stopsAcceptingAndLetsConnectionsGoOn() {
        Server server = start(server(FRAMES).handler(ECHO));
        Peer peer = peer(server);
        assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        server.stopAccepting();
        // NIO closes the socket in a later turn.
        await().untilAsserted(() ->
                assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> peer(server)));
        assertThat(peer.sendFrames("b").readFrame()).isEqualTo("b");
    }

    @Test
    void stopsConnectionsInOrder() {
        Server server = start(server(FRAMES).handler(ECHO));
        for (int i = 0; i < 10; i++) {
            Peer peer = peer(server);
            assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
            Thread.ofVirtual().start(() -> {
                assertThat(peer.readAll()).isEmpty();
                peer.close();
            });
        }
        assertThat(server.stop(Duration.ofSeconds(60))).isTrue();
        assertThat(server.connections()).isZero();
        assertThat(server.statistics().closed(CloseReason.SERVER_STOPPED)).isEqualTo(10);
        // A second stop has nothing to do.
        assertThat(server.stop(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void breaksConnectionsThatAreLeftAfterTheGrace() {
        AtomicInteger closed = new AtomicInteger();
        Server server = start(server(FRAMES).handler(new ConnectionHandler() {
            @Override
            public void message(Connection c, ByteBuf payload) {
                c.send(payload);
            }

            @Override
            public void stopping(Connection c) {}

            @Override
            public void closed(Connection c, CloseReason reason) {
                closed.incrementAndGet();
            }
        }));
        Peer peer = peer(server);
        assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        long began = System.nanoTime();
        assertThat(server.stop(Duration.ofMillis(20))).isFalse();
        // It waits 2 s for those that it breaks; this machine may stand still for longer.
        boolean late = System.nanoTime() - began >= Duration.ofSeconds(2).toNanos();
        assertThat(late || server.connections() == 0).isTrue();
        await().until(() -> server.connections() == 0);
        assertThat(server.statistics().closed(CloseReason.SERVER_STOPPED)).isEqualTo(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void aStopLeavesNoConnectionBehindThatWasBeingAccepted() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            AtomicInteger balance = new AtomicInteger();
            Server server = start(server(FRAMES).handler(new ConnectionHandler() {
                @Override
                public void opened(Connection c) {
                    balance.incrementAndGet();
                }

                @Override
                public void message(Connection c, ByteBuf payload) {}

                @Override
                public void closed(Connection c, CloseReason reason) {
                    balance.decrementAndGet();
                }
            }));
            AtomicBoolean stopped = new AtomicBoolean();
            Semaphore connected = new Semaphore(0);
            Thread connecting = Thread.ofVirtual().start(() -> {
                while (!stopped.get()) {
                    try {
                        Peer.connect(server.localAddress()).close();
                        connected.release();
                    } catch (UncheckedIOException e) {
                        return;
                    }
                }
            });
            connected.acquire(5);
            server.stop(Duration.ofSeconds(5));
            stopped.set(true);
            connecting.join();
            await().untilAsserted(() -> assertThat(balance).hasValue(0));
            await().until(() -> server.connections() == 0);
            ServerStatistics statistics = server.statistics();
            assertThat(statistics.closed().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(statistics.opened());
        }
    }

    @Test
    void serversShareEventLoops() {
        Server one = start(server(FRAMES).handler(ECHO));
        Server two = start(server(Framing.lines(100)).handler((c, message) -> c.close()));
        assertThat(peer(one).sendFrames("a").readFrame()).isEqualTo("a");
        two.close();
        assertThat(peer(one).sendFrames("b").readFrame()).isEqualTo("b");
        assertThat(two.statistics().messagesIn()).isZero();
    }

    @Test
    void closesInTheMiddleOfASweep() throws InterruptedException {
        int count = 50;
        CountDownLatch closed = new CountDownLatch(count);
        Server server = start(server(FRAMES)
                .options(ConnectionOptions.builder()
                        .idleTimeout(Duration.ofHours(1))
                        .build())
                .handler(new ConnectionHandler() {
                    @Override
                    public void message(Connection c, ByteBuf payload) {}

                    @Override
                    public void closed(Connection c, CloseReason reason) {
                        closed.countDown();
                    }
                }));
        for (int i = 0; i < count; i++) {
            Peer peer = peer(server);
            Thread.ofVirtual().start(() -> {
                peer.readAll();
                peer.close();
            });
        }
        awaitConnections(server, count);
        advance(Duration.ofHours(1));
        closed.await();
        awaitClosed(server, CloseReason.IDLE_TIMEOUT, count);
        // The sweeps go on.
        awaitConnections(server, 0);
        Peer late = peer(server);
        awaitConnections(server, 1);
        advance(Duration.ofHours(1));
        assertThat(late.readAll()).isEmpty();
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        Map<String, Runnable> wrong = Map.of(
                "connectionsMax: 0 (expected: 1..2147483647)",
                () -> server(FRAMES).connectionsMax(0),
                "backlog: 65536 (expected: 1..65535)",
                () -> server(FRAMES).backlog(65_536));
        wrong.forEach((message, setting) ->
                assertThatIllegalArgumentException().isThrownBy(setting::run).withMessage(message));
    }
}
