package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a connection does for its handler, in whichever style that is written. */
abstract class HandlerContract extends TransportTest {
    private static final int REPLY_BYTES = 8 << 10;

    HandlerContract(Transport transport) {
        super(transport);
    }

    /** What is to be done for each message; the sender of a reply waits, in its style, while there is no room. */
    interface Work {
        void message(Replies replies, byte[] message) throws Exception;
    }

    interface Replies {
        void send(byte[] reply) throws InterruptedException;

        void close();

        void report(Throwable error);
    }

    abstract Server.Builder doing(Server.Builder builder, Work work);

    private Server serve(Work work) {
        return start(doing(server(FRAMES), work));
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.US_ASCII);
    }

    @Test
    void echoesInOrderUnderPipelining() throws InterruptedException {
        Server server = serve(Replies::send);
        Peer peer = peer(server);
        int count = 20_000;
        Thread writer = Thread.ofVirtual().start(() -> {
            Random random = new Random(1);
            for (int i = 0; i < count; i++) {
                peer.send(Peer.frame(i + ":" + "x".repeat(random.nextInt(200))));
            }
        });
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            assertThat(peer.readFrame()).isEqualTo(i + ":" + "x".repeat(random.nextInt(200)));
        }
        writer.join();
        peer.shutdownOutput();
        assertThat(peer.readAll()).isEmpty();
        assertThat(server.statistics().messagesIn()).isEqualTo(count);
        assertThat(server.statistics().messagesOut()).isEqualTo(count);
    }

    @Test
    void takesMessagesThatComeByteByByte() {
        Peer peer = peer(serve(Replies::send));
        for (String text : new String[] {"", "a", "hello"}) {
            for (byte each : Peer.frame(text)) {
                peer.send(new byte[] {each});
            }
            assertThat(peer.readFrame()).isEqualTo(text);
        }
    }

    @Test
    void takesTheLargestMessage() {
        Peer peer = peer(serve(Replies::send));
        String largest = "x".repeat(0xFFFF);
        assertThat(peer.sendFrames(largest, "end").readFrame()).isEqualTo(largest);
        assertThat(peer.readFrame()).isEqualTo("end");
    }

    @Test
    void repliesAfterThePeersHalfClose() {
        Server server = serve(Replies::send);
        Peer peer = peer(server);
        peer.sendFrames("a", "b", "c").shutdownOutput();
        assertThat(peer.readAll()).isEqualTo(FramingContract.concat(Peer.frame("a"), Peer.frame("b"), Peer.frame("c")));
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
    }

    @Test
    void repliesAfterThePeersHalfCloseWithMoreThanTheSocketHolds() {
        int count = 500;
        Server server = serve((replies, message) -> replies.send(new byte[0xFFFF]));
        Peer peer = peer(server);
        for (int i = 0; i < count; i++) {
            peer.sendFrames("a");
        }
        peer.shutdownOutput();
        awaitStandstill(server);
        assertThat(peer.readAll()).hasSize(count * (2 + 0xFFFF));
        awaitClosed(server, CloseReason.PEER_CLOSED, 1);
    }

    @Test
    void closesTheConnectionOfAHandlerThatThrowsAndGoesOn() {
        Server server = serve((replies, message) -> {
            replies.send(message);
            if (text(message).equals("boom")) {
                throw new IllegalStateException("boom (meant by the test)");
            }
        });
        Peer peer = peer(server);
        Peer other = peer(server);
        peer.sendFrames("a", "boom", "never");
        assertThat(peer.readFrame()).isEqualTo("a");
        assertThat(peer.readFrame()).isEqualTo("boom");
        assertThat(peer.readAll()).isEmpty();
        peer.close();
        awaitClosed(server, CloseReason.HANDLER_ERROR, 1);
        assertThat(other.sendFrames("b").readFrame()).isEqualTo("b");
    }

    @Test
    void finishesItsWorkAfterItsClose() throws InterruptedException {
        CountDownLatch finished = new CountDownLatch(1);
        Server server = serve((replies, message) -> {
            replies.send(message);
            replies.close();
            replies.send("done".getBytes(StandardCharsets.US_ASCII));
            finished.countDown();
        });
        Peer peer = peer(server);
        peer.sendFrames("a", "never", "never");
        assertThat(peer.readFrame()).isEqualTo("a");
        assertThat(peer.readFrame()).isEqualTo("done");
        assertThat(peer.readAll()).isEmpty();
        peer.close();
        finished.await();
        awaitClosed(server, CloseReason.LOCAL, 1);
    }

    @Test
    void reportsAnErrorAndGoesOn() {
        List<String> errors = new CopyOnWriteArrayList<>();
        Server server = start(doing(
                server(FRAMES).errorListener(error -> errors.add(error.closeReason() + " " + error.message())),
                (replies, message) -> {
                    replies.report(new IllegalArgumentException(text(message)));
                    replies.send(message);
                }));
        Peer peer = peer(server);
        assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        assertThat(peer.sendFrames("b").readFrame()).isEqualTo("b");
        String error = "Optional.empty " + IllegalArgumentException.class.getName() + ": ";
        await().untilAsserted(() -> assertThat(errors).containsExactly(error + "a", error + "b"));
    }

    @Test
    void takesNothingMoreForAPeerThatDoesNotReadAndLosesNothing() {
        int count = 2000;
        Server server = start(doing(
                server(FRAMES)
                        .options(ConnectionOptions.builder()
                                .sendBufferBytes(32 << 10)
                                .build()),
                (replies, message) -> {
                    byte[] reply = new byte[REPLY_BYTES];
                    System.arraycopy(message, 0, reply, 0, message.length);
                    replies.send(reply);
                }));
        Peer peer = closed(Peer.connect(server.localAddress(), 16 << 10));
        for (int i = 0; i < count; i++) {
            peer.send(Peer.frame(Integer.toString(10_000 + i)));
        }
        awaitStandstill(server);
        assertThat(server.statistics().messagesIn()).isLessThan(300);
        for (int i = 0; i < count; i++) {
            assertThat(peer.readFrame()).hasSize(REPLY_BYTES).startsWith(Integer.toString(10_000 + i));
        }
    }

    /** Waits until nothing comes in for a while. */
    private static void awaitStandstill(Server server) {
        AtomicReference<Long> last = new AtomicReference<>(-1L);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    long now = server.statistics().messagesIn();
                    return last.getAndSet(now) == now && now > 0;
                });
    }

    @Test
    void toldTheServerStopsAnswersWhatCameBefore() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        Server server = serve((replies, message) -> {
            working.countDown();
            replies.send(message);
        });
        Peer peer = peer(server);
        peer.sendFrames("a");
        working.await();
        Thread reader = Thread.ofVirtual().start(() -> {
            assertThat(peer.readFrame()).isEqualTo("a");
            assertThat(peer.readAll()).isEmpty();
            peer.close();
        });
        assertThat(server.stop(Duration.ofSeconds(60))).isTrue();
        reader.join();
        awaitClosed(server, CloseReason.SERVER_STOPPED, 1);
        assertThat(server.connections()).isZero();
    }

    @Test
    void seesAResetOfThePeer() {
        Server server = serve(Replies::send);
        Peer peer = peer(server);
        assertThat(peer.sendFrames("a").readFrame()).isEqualTo("a");
        peer.reset();
        awaitClosed(server, CloseReason.PEER_RESET, 1);
    }
}
