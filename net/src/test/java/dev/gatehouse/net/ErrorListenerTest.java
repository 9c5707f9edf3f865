package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ErrorListenerTest extends TransportTest {
    private static final ConnectionHandler ECHO = (c, message) -> c.send(message);

    private final BlockingQueue<ConnectionError> errors = new LinkedBlockingQueue<>();

    ErrorListenerTest(Transport transport) {
        super(transport);
    }

    private static ConnectionError next(BlockingQueue<ConnectionError> from) {
        return await().until(from::poll, error -> error != null);
    }

    @Test
    void hearsWhatAPeerSentThatIsNoFrame() {
        Server server = start(Server.builder("127.0.0.1:0", Framing.lines(10))
                .eventLoops(loops)
                .handler(ECHO)
                .errorListener(errors::add));
        Peer peer = peer(server);
        peer.send(new byte[100]);
        ConnectionError error = next(errors);
        assertThat(error.remoteAddress()).isEqualTo(peer.localAddress());
        assertThat(error.closeReason()).hasValue(CloseReason.FRAME_TOO_LARGE);
        assertThat(error.message()).contains("expected: 0..10");
    }

    @Test
    void hearsWhatAHandlerThrew() {
        IllegalStateException thrown = new IllegalStateException("meant by the test");
        Server server = start(server(FRAMES).errorListener(errors::add).handler((c, message) -> {
            throw thrown;
        }));
        peer(server).sendFrames("a");
        ConnectionError error = next(errors);
        assertThat(error.closeReason()).hasValue(CloseReason.HANDLER_ERROR);
        assertThat(error.cause()).hasValue(thrown);
    }

    @Test
    void hearsWhatABlockingHandlerThrew() {
        Server server = start(server(FRAMES).errorListener(errors::add).blockingHandler(c -> {
            throw new IOException("meant by the test");
        }));
        peer(server);
        ConnectionError error = next(errors);
        assertThat(error.closeReason()).hasValue(CloseReason.HANDLER_ERROR);
        assertThat(error.cause()).get().isInstanceOf(IOException.class);
    }

    @Test
    void hearsAReportAndTheConnectionGoesOn() {
        Server server = start(server(FRAMES).errorListener(errors::add).handler((c, message) -> {
            c.report(new IllegalArgumentException("no such room"));
            c.send(message);
        }));
        Peer peer = peer(server);
        assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        assertThat(next(errors).closeReason()).isEmpty();
        assertThat(peer.sendFrames("b").readFrame()).isEqualTo("b");
        assertThat(next(errors).message()).contains("no such room");
    }

    @Test
    void hearsNothingOfEndsThatOneSideChose() {
        Server server = start(server(FRAMES).errorListener(errors::add).handler((c, message) -> c.close()));
        Peer peer = peer(server);
        peer.sendFrames("a").readAll();
        Peer other = peer(server);
        other.shutdownOutput();
        other.readAll();
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
        awaitErrorsHeard(server);
        assertThat(errors).isEmpty();
    }

    @Test
    void aSlowOneCostsOnlyItself() {
        CountDownLatch stuck = new CountDownLatch(1);
        AtomicInteger heard = new AtomicInteger();
        Server server = start(server(FRAMES)
                .errorListener(error -> {
                    heard.incrementAndGet();
                    try {
                        stuck.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .handler((c, message) -> {
                    c.report(new IllegalStateException());
                    c.send(message);
                }));
        Peer peer = peer(server);
        int errorCount = ErrorReports.QUEUED_MAX + 100;
        for (int i = 0; i < errorCount; i++) {
            assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        }
        // One may be with the listener, or still on its way there.
        assertThat(server.statistics().errorsDropped()).isBetween(99L, 100L);
        stuck.countDown();
        await().until(() -> heard.get() + server.statistics().errorsDropped() == errorCount);
    }

    @Test
    void aBrokenOneCostsOnlyItself() {
        AtomicInteger heard = new AtomicInteger();
        Server server = start(server(FRAMES)
                .errorListener(error -> {
                    heard.incrementAndGet();
                    throw new IllegalStateException("meant by the test");
                })
                .handler((c, message) -> {
                    c.report(new IllegalStateException());
                    c.send(message);
                }));
        Peer peer = peer(server);
        for (int i = 0; i < 3; i++) {
            assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        }
        await().until(() -> heard.get() == 3);
    }

    @Test
    void hearsThatAListenerCannotAcceptAndTheServerGoesOn() {
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        ListeningServer server =
                (ListeningServer) start(server(FRAMES).handler(ECHO).errorListener(recording(failures)));
        long began = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            failToAccept(server);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(peer(server).sendFrames("a").readFrame()).isEqualTo("a");
        assertThat(server.statistics().acceptFailures()).isEqualTo(5);
        awaitErrorsHeard(server);
        // One a second; this machine may stand still for longer.
        assertThat(failures)
                .containsOnly(Address.format(server.localAddress()) + " too many open files")
                .hasSizeBetween(1, 1 + (int) seconds);
    }

    @Test
    void aServerGivesUpAfterSoManyFailuresToAccept() {
        ListeningServer server = (ListeningServer) start(server(FRAMES)
                .handler(ECHO)
                .acceptFailuresMax(3)
                .errorListener(recording(new LinkedBlockingQueue<>())));
        Peer peer = peer(server);
        assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        for (int i = 0; i < 3; i++) {
            assertThat(server.ended()).isNotDone();
            failToAccept(server);
        }
        assertThat(peer.readFrame()).isEqualTo("EOF");
        assertThat(server.ended())
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(AcceptException.class)
                .withMessageContaining("gives up after 3 failures to accept, the last: too many open files");
    }

    private static ErrorListener recording(BlockingQueue<String> failures) {
        return new ErrorListener() {
            @Override
            public void error(ConnectionError error) {}

            @Override
            public void acceptFailed(InetSocketAddress listener, Throwable cause) {
                failures.add(Address.format(listener) + " " + cause.getMessage());
            }
        };
    }

    private static void failToAccept(ListeningServer server) {
        server.listener().pipeline().fireExceptionCaught(new IOException("too many open files"));
        // The pipeline was called on its event loop, which has done it when it has done this too.
        server.listener().eventLoop().submit(() -> {}).syncUninterruptibly();
    }

    @Test
    void hearsOfAReset() {
        Server server = start(server(FRAMES).errorListener(errors::add).handler(ECHO));
        Peer peer = peer(server);
        peer.sendFrames("a").readFrame();
        peer.reset();
        assertThat(next(errors).closeReason()).isEqualTo(Optional.of(CloseReason.PEER_RESET));
    }
}
