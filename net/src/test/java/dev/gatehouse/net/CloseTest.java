package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How connections end, and what the peer still gets. */
class CloseTest extends TransportTest {
    CloseTest(Transport transport) {
        super(transport);
    }

    /** A server that waits so long for the peer's EOF that a test would see it. */
    private Server.Builder patient(Framing framing) {
        return server(framing)
                .options(ConnectionOptions.builder()
                        .closeTimeout(Duration.ofHours(1))
                        .build());
    }

    /** What the peer has sent by then, nobody reads; a plain close would make the kernel send RST. */
    @Test
    void thePeerGetsTheLastRepliesAlthoughItSentMore() {
        Server server = start(patient(FRAMES).handler((c, message) -> {
            c.pauseReading();
            for (int i = 0; i < 100; i++) {
                c.send(new byte[1000]);
            }
            // In a later turn, when more has come.
            c.eventLoop().execute(() -> c.eventLoop().execute(c::close));
        }));
        for (int round = 0; round < 20; round++) {
            Peer peer = peer(server);
            peer.send(FramingContract.concat(Peer.frame("a"), new byte[500_000]));
            assertThat(peer.readAll()).hasSize(100 * 1002);
            peer.close();
        }
        awaitClosed(server, CloseReason.LOCAL, 20);
    }

    @Test
    void thePeerMayGoOnSendingWhileItReadsTheLastReplies() throws InterruptedException {
        Server server = start(patient(FRAMES).handler((c, message) -> {
            c.send(new byte[60_000]);
            c.close();
        }));
        Peer peer = peer(server);
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 200; i++) {
                peer.send(Peer.frame(new byte[10_000]));
            }
            peer.shutdownOutput();
        });
        assertThat(peer.readAll()).hasSize(60_002);
        writer.join();
        awaitClosed(server, CloseReason.LOCAL, 1);
        assertThat(server.statistics().messagesIn()).isEqualTo(1);
    }

    @Test
    void everythingQueuedIsFlushedFirst() {
        ConnectionOptions roomy = ConnectionOptions.builder()
                .queueBytesMax(64 << 20)
                .closeTimeout(Duration.ofHours(1))
                .build();
        Server server = start(server(FRAMES).options(roomy).handler((c, message) -> {
            for (int i = 0; i < 300; i++) {
                c.send(new byte[60_000]);
            }
            c.close();
        }));
        Peer peer = closed(Peer.connect(server.localAddress(), 16 << 10));
        peer.sendFrames("a");
        assertThat(peer.readAll()).hasSize(300 * 60_002);
        peer.close();
        awaitClosed(server, CloseReason.LOCAL, 1);
    }

    @Test
    void aPauseDoesNotHoldUpTheClose() {
        Server server = start(patient(FRAMES).handler((c, message) -> {
            c.pauseReading();
            c.close();
            c.pauseReading();
        }));
        Peer peer = peer(server);
        peer.send(FramingContract.concat(Peer.frame("a"), new byte[3_000_000]));
        peer.close();
        awaitClosed(server, CloseReason.LOCAL, 1);
        await().until(() -> server.connections() == 0);
    }

    @Test
    void aPauseAfterTheCloseDoesNotHoldItUp() {
        CompletableFuture<Connection> connection = new CompletableFuture<>();
        Server server = start(patient(FRAMES).handler((c, message) -> connection.complete(c)));
        Peer peer = peer(server);
        peer.sendFrames("a");
        Connection c = connection.join();
        c.eventLoop()
                .submit(() -> {
                    c.close();
                    c.pauseReading();
                    c.resumeReading();
                    c.pauseReading();
                })
                .syncUninterruptibly();
        assertThat(peer.readAll()).isEmpty();
        peer.close();
        awaitClosed(server, CloseReason.LOCAL, 1);
    }

    @Test
    void theFirstReasonCounts() {
        CompletableFuture<CloseReason> heard = new CompletableFuture<>();
        Server server = start(server(FRAMES).handler(new ConnectionHandler() {
            @Override
            public void message(Connection c, ByteBuf payload) {
                c.close(CloseReason.MALFORMED_FRAME);
                c.close();
                c.close(CloseReason.LOCAL);
            }

            @Override
            public void closed(Connection c, CloseReason reason) {
                heard.complete(reason);
            }
        }));
        Peer peer = peer(server);
        peer.sendFrames("a");
        assertThat(peer.readAll()).isEmpty();
        peer.close();
        assertThat(heard.join()).isEqualTo(CloseReason.MALFORMED_FRAME);
        awaitClosed(server, CloseReason.MALFORMED_FRAME, 1);
    }

    @Test
    void aFramingMayRefuseBytes() {
        Framing odd = (in, cut) -> {
            throw new FramingException(CloseReason.MALFORMED_FRAME, "never right");
        };
        Server server = start(server(odd).handler((c, message) -> {}));
        Peer peer = peer(server);
        peer.sendFrames("a");
        assertThat(peer.readAll()).isEmpty();
        peer.close();
        awaitClosed(server, CloseReason.MALFORMED_FRAME, 1);
    }

    @Test
    void aPeerThatClosesIsAPeerClosed() {
        Server server = start(server(FRAMES).handler((c, message) -> c.send(message)));
        Peer peer = peer(server);
        assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        peer.close();
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
    }

    @Test
    void aPeerThatClosesWithUnreadRepliesIsNoErrorOfOurs() {
        Server server = start(server(FRAMES).handler((c, message) -> c.send(new byte[1000])));
        Peer peer = peer(server);
        peer.sendFrames("a", "b");
        peer.read(1);
        peer.close();
        await().until(() -> server.connections() == 0);
        assertThat(server.statistics().closed(CloseReason.PEER_RESET)
                        + server.statistics().closed(CloseReason.PEER_CLOSED))
                .isEqualTo(1);
    }

    @Test
    void aPeerThatIsResetAfterItsHalfCloseIsNoticed() {
        Server server = start(server(FRAMES).handler(new ConnectionHandler() {
            @Override
            public void message(Connection c, ByteBuf payload) {
                c.send(payload);
            }

            @Override
            public void inputClosed(Connection c) {
                c.send("EOF".getBytes(StandardCharsets.US_ASCII));
            }

            @Override
            public void tick(Connection c, long nanos) {
                c.send(new byte[1]);
            }
        }));
        Peer peer = peer(server);
        peer.sendFrames("a").shutdownOutput();
        String heard = peer.readFrame();
        while (!heard.equals("EOF")) {
            heard = peer.readFrame();
        }
        peer.reset();
        awaitClosed(server, CloseReason.PEER_RESET, 1);
    }

    @Test
    void oneMessageUpToEof() {
        Server server = start(server(Framing.untilEof(1000)).handler((c, message) -> {
            c.send(message);
            c.close();
        }));
        for (int size : new int[] {0, 1, 1000}) {
            Peer peer = peer(server);
            peer.send(new byte[size / 2]).send(new byte[size - size / 2]).shutdownOutput();
            assertThat(peer.readAll()).hasSize(size);
        }
        awaitMessages(server, 3);
        Peer tooMuch = peer(server);
        tooMuch.send(new byte[1001]);
        assertThat(tooMuch.readAll()).isEmpty();
        tooMuch.close();
        awaitClosed(server, CloseReason.FRAME_TOO_LARGE, 1);
    }

    @Test
    void aResetPeerLeavesNothingBehindWhileItIsPaused() {
        CompletableFuture<Connection> connection = new CompletableFuture<>();
        Server server = start(server(FRAMES).handler((c, message) -> {
            c.pauseReading();
            connection.complete(c);
        }));
        Peer peer = peer(server);
        peer.sendFrames("a", "b", "c");
        Connection c = connection.join();
        peer.reset();
        c.eventLoop().execute(c::resumeReading);
        await().until(() -> {
            c.eventLoop().execute(c::resumeReading);
            return server.connections() == 0;
        });
    }

    @Test
    void noticesAResetThatWasThereBeforeTheLastBytesWereRead() {
        CompletableFuture<Connection> connection = new CompletableFuture<>();
        Server server = start(server(FRAMES).handler((c, message) -> connection.complete(c)));
        Peer peer = peer(server);
        peer.sendFrames("a");
        CompletableFuture<Void> busy = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        connection.join().eventLoop().execute(() -> {
            busy.complete(null);
            goOn.join();
        });
        busy.join();
        peer.sendFrames("b");
        peer.reset();
        goOn.complete(null);
        awaitClosed(server, CloseReason.PEER_RESET, 1);
        assertThat(server.statistics().messagesIn()).isEqualTo(2);
    }
}
