package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What goes wrong in callbacks costs their connection only. */
class CallbackFailuresTest extends TransportTest {
    CallbackFailuresTest(Transport transport) {
        super(transport);
    }

    @Test
    void saysGoodbyeBeforeAFrameThatIsTooLarge() {
        Recorder recorder = new Recorder() {
            @Override
            public void closing(Connection c, CloseReason reason) {
                super.closing(c, reason);
                c.send("bye".getBytes(StandardCharsets.US_ASCII));
            }
        };
        Server server = start(server(Framing.lengthPrefixed(2, 10)).handler(recorder));
        Peer peer = peer(server);
        peer.sendFrames("a", "01234567890");
        assertThat(peer.readFrame()).isEqualTo("bye");
        assertThat(peer.readAll()).isEmpty();
        peer.close();
        recorder.awaitHeard("a", "closing FRAME_TOO_LARGE", "closed FRAME_TOO_LARGE");
        awaitClosed(server, CloseReason.FRAME_TOO_LARGE, 1);
    }

    @Test
    void aCallbackThatThrowsClosesWithHandlerError() {
        IllegalStateException meant = new IllegalStateException("meant by the test");
        Recorder opened = new Recorder() {
            @Override
            public void opened(Connection c) {
                throw meant;
            }
        };
        Recorder inputClosed = new Recorder() {
            @Override
            public void inputClosed(Connection c) {
                throw meant;
            }
        };
        Recorder tick = new Recorder() {
            @Override
            public void tick(Connection c, long nanos) {
                throw meant;
            }
        };
        Recorder closing = new Recorder() {
            @Override
            public void message(Connection c, ByteBuf payload) {
                throw meant;
            }

            @Override
            public void closing(Connection c, CloseReason reason) {
                throw meant;
            }

            @Override
            public void closed(Connection c, CloseReason reason) {
                super.closed(c, reason);
                throw meant;
            }
        };
        for (Recorder handler : List.of(opened, inputClosed, tick, closing)) {
            Server server = start(server(FRAMES).handler(handler));
            Peer peer = peer(server);
            peer.sendFrames("a").shutdownOutput();
            assertThat(peer.readAll()).isEmpty();
            awaitClosed(server, CloseReason.HANDLER_ERROR, 1);
            await().untilAsserted(() -> assertThat(handler.heard).endsWith("closed HANDLER_ERROR"));
            await().untilAsserted(() -> assertThat(server.connections()).isZero());
        }
    }

    @Test
    void aFactoryThatThrowsCostsItsConnectionOnly() {
        AtomicInteger count = new AtomicInteger();
        Server server = start(server(FRAMES).connectionsMax(1).handlers(c -> {
            if (count.incrementAndGet() <= 3) {
                throw new IllegalStateException("meant by the test");
            }
            return (connection, message) -> connection.send(message);
        }));
        for (int i = 0; i < 3; i++) {
            Peer peer = peer(server);
            assertThat(peer.readFrame()).isEqualTo("EOF");
            peer.close();
            awaitConnections(server, 0);
        }
        assertThat(peer(server).sendFrames("a").readFrame()).isEqualTo("a");
    }

    @Test
    void aFramingThatFindsFramesWithoutBytesDoesNotHangTheLoop() {
        Server server = start(server((in, cut) -> cut.found(0, 0, 0)).handler((c, message) -> {}));
        Peer peer = peer(server);
        peer.sendFrames("a");
        assertThat(peer.readAll()).isEmpty();
        awaitClosed(server, CloseReason.HANDLER_ERROR, 1);
    }

    @Test
    void sendsNoHalfMessageWhenTheHandlerThrowsInTheMiddleOfOne() {
        Peer peer = peer(start(server(FRAMES).handler(new Recorder() {
            @Override
            public void message(Connection c, ByteBuf payload) {
                c.beginMessage().writeInt(7);
                throw new IllegalStateException("meant by the test");
            }

            @Override
            public void closing(Connection c, CloseReason reason) {
                c.send(reason.name().getBytes(StandardCharsets.US_ASCII));
            }
        })));
        peer.sendFrames("a");
        assertThat(peer.readFrame()).isEqualTo("HANDLER_ERROR");
        assertThat(peer.readAll()).isEmpty();
    }

    @Test
    void refusesAPayloadThatTheFramingCannotCarryAndSendsNothingOfIt() {
        Recorder recorder = new Recorder();
        Peer peer = peer(start(server(Framing.lengthPrefixed(2, 10)).handler(recorder)));
        recorder.on(c -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> c.send(new byte[11]))
                    .withMessage("payload: 11 bytes (expected: 0..10)");
            c.send("ok".getBytes(StandardCharsets.US_ASCII));
        });
        assertThat(peer.readFrame()).isEqualTo("ok");
        // Nobody is there to catch it off the event loop.
        recorder.connection.join().send(new byte[11]);
        assertThat(peer.readFrame()).isEqualTo("EOF");
        peer.close();
        recorder.awaitHeard("closing HANDLER_ERROR", "closed HANDLER_ERROR");
    }
}
