package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallbackHandlerTest extends HandlerContract {
    CallbackHandlerTest(Transport transport) {
        super(transport);
    }

    @Override
    Server.Builder doing(Server.Builder builder, Work work) {
        return builder.handler(new Working(work));
    }

    /** Pauses reading while there is no room. */
    private record Working(Work work) implements ConnectionHandler {
        @Override
        public void message(Connection connection, ByteBuf payload) {
            try {
                work.message(new CallbackReplies(connection), ByteBufUtil.getBytes(payload));
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void writable(Connection connection) {
            connection.resumeReading();
        }
    }

    private record CallbackReplies(Connection connection) implements Replies {
        @Override
        public void send(byte[] reply) {
            if (!connection.send(reply)) {
                connection.pauseReading();
            }
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
    void sendsInOpenedGoOutFirst() {
        Peer peer = peer(start(server(FRAMES).handler(new Recorder() {
            @Override
            public void opened(Connection c) {
                c.send("hello".getBytes(StandardCharsets.US_ASCII));
            }
        })));
        assertThat(peer.readFrame()).isEqualTo("hello");
    }

    @Test
    void sendsAfterACloseInTheSameCallbackStillGoOut() {
        byte[] bye = "bye".getBytes(StandardCharsets.US_ASCII);
        ConnectionHandler inMessage = (c, message) -> {
            c.close();
            c.send(bye);
        };
        ConnectionHandler inOpened = new Recorder() {
            @Override
            public void opened(Connection c) {
                c.close();
                c.send(bye);
            }
        };
        ConnectionHandler inTick = new Recorder() {
            @Override
            public void tick(Connection c, long nanos) {
                c.close();
                c.send(bye);
            }
        };
        for (ConnectionHandler handler : List.of(inMessage, inOpened, inTick)) {
            Peer peer = peer(start(server(FRAMES).handler(handler)));
            peer.sendFrames("a", "b");
            assertThat(peer.readFrame()).isEqualTo("bye");
            assertThat(peer.readFrame()).isEqualTo("EOF");
        }
    }

    @Test
    void afterTheCloseNothingIsDeliveredOrSent() {
        Recorder recorder = new Recorder();
        Peer peer = peer(start(server(FRAMES).handler(recorder)));
        recorder.on(c -> {
            c.close();
            assertThat(c.closing()).isTrue();
            assertThat(c.send(new byte[3])).isFalse();
            c.beginMessage().writeInt(5);
            assertThat(c.endMessage()).isFalse();
            c.beginMessage().writeInt(5);
            c.cancelMessage();
        });
        peer.sendFrames("a");
        assertThat(peer.readAll()).isEmpty();
        peer.close();
        recorder.awaitHeard("closed LOCAL");
        // Off the event loop, and after everything, it does no harm either.
        recorder.connection.join().close();
        recorder.connection.join().send(new byte[3]);
    }

    @Test
    void aPauseInTheMiddleOfABatchHoldsTheRestBack() {
        Recorder recorder = new Recorder() {
            @Override
            public void message(Connection c, ByteBuf payload) {
                super.message(c, payload);
                c.pauseReading();
            }
        };
        Server server = start(server(FRAMES).handler(recorder));
        Peer peer = peer(server);
        peer.sendFrames("a", "b", "c").send(new byte[] {0}).shutdownOutput();
        recorder.awaitHeard("a");
        recorder.on(c -> {
            c.resumeReading();
            // Not under the caller's feet.
            assertThat(recorder.heard).containsExactly("a");
            assertThat(c.reading()).isTrue();
        });
        recorder.awaitHeard("a", "b");
        recorder.on(Connection::resumeReading);
        recorder.awaitHeard("a", "b", "c");
        recorder.on(c -> assertThat(c.reading()).isFalse());
        recorder.on(Connection::resumeReading);
        recorder.awaitHeard("a", "b", "c", "EOF");
        recorder.on(c -> c.close());
        assertThat(peer.readAll()).isEmpty();
        recorder.awaitHeard("a", "b", "c", "EOF", "closed LOCAL");
    }

    @Test
    void resumesInsideACallback() {
        Recorder recorder = new Recorder() {
            @Override
            public void message(Connection c, ByteBuf payload) {
                c.pauseReading();
                super.message(c, payload);
                c.resumeReading();
            }
        };
        Peer peer = peer(start(server(FRAMES).handler(recorder)));
        peer.sendFrames("a", "b").sendFrames("c").shutdownOutput();
        recorder.awaitHeard("a", "b", "c", "EOF");
    }

    @Test
    void doesNotReadWhilePaused() {
        Recorder recorder = new Recorder();
        Server server = start(server(FRAMES).handler(recorder));
        Peer peer = peer(server);
        recorder.on(Connection::pauseReading);
        AtomicInteger written = new AtomicInteger();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 2000; i++) {
                peer.send(Peer.frame("x".repeat(20_000)));
                written.incrementAndGet();
            }
        });
        AtomicInteger last = new AtomicInteger(-1);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> last.getAndSet(written.get()) == written.get());
        assertThat(written).hasValueLessThan(2000);
        assertThat(server.statistics().bytesIn()).isLessThan(1 << 20);
        recorder.on(Connection::resumeReading);
        awaitMessages(server, 2000);
        await().until(() -> !writer.isAlive());
    }

    @Test
    void changesItsFramingBetweenFrames() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Server server = start(server(Framing.fixed(36)).handler((c, message) -> {
            heard.add(message.toString(StandardCharsets.US_ASCII));
            c.framing(heard.size() == 1 ? Framing.typed(10) : Framing.lines(10));
        }));
        Peer peer = peer(server);
        byte[] typed = {0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 'a', 'b', 'c'};
        peer.send(FramingContract.concat(
                "k".repeat(36).getBytes(StandardCharsets.US_ASCII),
                typed,
                "l\nm\n".getBytes(StandardCharsets.US_ASCII)));
        await().untilAsserted(() -> assertThat(heard).hasSize(4));
        assertThat(heard.getFirst()).isEqualTo("k".repeat(36));
        assertThat(heard.get(1)).endsWith("abc").hasSize(15);
        assertThat(heard.subList(2, 4)).containsExactly("l", "m");
    }

    @Test
    void changesItsFramingWhileARestWaits() {
        Recorder recorder = new Recorder();
        Server server = start(server(Framing.delimited((byte) ';', 100)).handler(recorder));
        Peer peer = peer(server);
        peer.send("a\nb\nc".getBytes(StandardCharsets.US_ASCII));
        await().until(() -> server.statistics().bytesIn() == 5);
        recorder.on(c -> c.framing(Framing.lines(100)));
        recorder.awaitHeard("a", "b");
        peer.send("d\n".getBytes(StandardCharsets.US_ASCII));
        recorder.awaitHeard("a", "b", "cd");
    }

    @Test
    void sendsFromAnyThreadInEachThreadsOrder() throws InterruptedException {
        Recorder recorder = new Recorder();
        Peer peer = peer(start(server(FRAMES).handler(recorder)));
        Connection connection = recorder.connection.join();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String name = t + ":";
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 500; i++) {
                    connection.send((name + i).getBytes(StandardCharsets.US_ASCII));
                }
            }));
        }
        int[] next = new int[4];
        for (int i = 0; i < 2000; i++) {
            String[] parts = peer.readFrame().split(":", 2);
            int thread = Integer.parseInt(parts[0]);
            assertThat(Integer.parseInt(parts[1])).isEqualTo(next[thread]++);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void buildsAMessageInPlace() {
        Recorder recorder = new Recorder();
        Peer peer = peer(start(server(FRAMES).handler(recorder)));
        recorder.on(c -> {
            c.beginMessage().writeByte('a');
            assertThat(c.endMessage()).isTrue();
            c.beginMessage().writeByte('b');
            c.cancelMessage();
            c.beginMessage().writeByte('c');
            assertThatIllegalStateException().isThrownBy(c::beginMessage);
            c.endMessage();
            assertThatIllegalStateException().isThrownBy(c::endMessage);
        });
        assertThat(peer.readFrame()).isEqualTo("a");
        assertThat(peer.readFrame()).isEqualTo("c");
    }

    @Test
    void aHandlerThatStopsInItsOwnTimeIsWaitedFor() {
        CompletableFuture<Connection> told = new CompletableFuture<>();
        Server server = start(server(FRAMES).handler(new Recorder() {
            @Override
            public void stopping(Connection c) {
                told.complete(c);
            }
        }));
        Peer peer = peer(server);
        assertThat(peer.sendFrames("a")).isNotNull();
        awaitMessages(server, 1);
        Thread.ofVirtual().start(() -> {
            Connection connection = told.join();
            connection.send("done".getBytes(StandardCharsets.US_ASCII));
            connection.close(CloseReason.SERVER_STOPPED);
            assertThat(peer.readFrame()).isEqualTo("done");
            peer.close();
        });
        assertThat(server.stop(Duration.ofSeconds(60))).isTrue();
        assertThat(server.statistics().closed(CloseReason.SERVER_STOPPED)).isEqualTo(1);
    }
}
