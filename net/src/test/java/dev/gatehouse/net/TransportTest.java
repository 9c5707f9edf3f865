package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests over real sockets, on every transport that works here. */
@ParameterizedClass(name = "{0}")
@MethodSource("available")
@Timeout(120)
abstract class TransportTest {
    /** What {@link Peer#frame} writes. */
    static final Framing FRAMES = Framing.lengthPrefixed(2, 0xFFFF);

    static {
        // Waits that poll each 100 ms, as they do by default, make most of the time of these tests.
        Awaitility.setDefaultPollDelay(Duration.ofMillis(1));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    final EventLoops loops;
    private final AtomicLong advanced = new AtomicLong();
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** With the machine's clock, which {@link #advance} moves on. */
    TransportTest(Transport transport) {
        this(transport, Ticker.system());
    }

    TransportTest(Transport transport, Ticker base) {
        loops = EventLoops.builder()
                .transport(transport)
                .threads(2)
                .ticker(() -> base.nanos() + advanced.get())
                .sweepInterval(Duration.ofMillis(5))
                .build();
    }

    static Stream<Transport> available() {
        return Arrays.stream(Transport.values()).filter(Transport::available);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            if (each instanceof Server server) {
                server.stop(Duration.ofMillis(50));
                // It waits 2 s for those that it breaks; this machine may stand still for longer.
                await().untilAsserted(() -> assertThat(server.connections()).isZero());
            } else {
                each.close();
            }
        }
        // Netty's event loops take 0.1 s to end; the next test needn't wait for that.
        Thread.startVirtualThread(loops::close);
    }

    final void advance(Duration by) {
        advanced.addAndGet(by.toNanos());
    }

    final Server.Builder server(Framing framing) {
        return Server.builder("127.0.0.1:0", framing).eventLoops(loops);
    }

    final Server start(Server.Builder builder) {
        return closed(builder.start());
    }

    final Peer peer(Server server) {
        return closed(Peer.connect(server.localAddress()));
    }

    /** Closes it after the test. */
    final <T extends AutoCloseable> T closed(T each) {
        opened.addFirst(each);
        return each;
    }

    /** An address where nobody listens, nor can until the test is over. */
    final String nobody() throws IOException {
        Socket bound = closed(new Socket());
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return Address.format((InetSocketAddress) bound.getLocalSocketAddress());
    }

    /** Whether nobody listens there any more; NIO closes the socket a turn after the stop. */
    static boolean refused(Server server) {
        try {
            Peer.connect(server.localAddress()).close();
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    /** Waits until so many connections are there, their deadlines run, and the places of others are free again. */
    final void awaitConnections(Server server, int count) {
        await().untilAsserted(() -> assertThat(server.connections()).isEqualTo(count));
        // That comes a moment after the count, in the same task of an event loop: done when this has run too.
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).submit(() -> {}).syncUninterruptibly();
        }
    }

    /** Waits until the server's error listener has heard of everything until now. */
    static void awaitErrorsHeard(Server server) {
        CompletableFuture<Boolean> heard = new CompletableFuture<>();
        ((ListeningServer) server).endpoint().errors().report(listener -> heard.complete(true));
        assertThat(heard).succeedsWithin(Duration.ofSeconds(60));
    }

    static void awaitClosed(Server server, CloseReason reason, long count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(server.statistics().closed(reason)).isEqualTo(count));
    }

    static void awaitMessages(Server server, long count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(server.statistics().messagesIn()).isEqualTo(count));
    }
}
