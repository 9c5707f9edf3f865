package dev.gatehouse.testing;

import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that runs a real server, on a free loopback port, for each test.
 *
 * <pre>{@code
 * @RegisterExtension
 * final ServerExtension server =
 *         ServerExtension.of(Framing.lines(100), s -> s.handler((connection, message) -> connection.send(message)));
 *
 * @Test
 * void echoes() {
 *     server.peer().sendText("hello\n").expectText("hello\n");
 * }
 * }</pre>
 *
 * <p>Its deadlines go by {@link #ticker()}, which stands still until the test moves it. After the test the peers are closed and
 * the server is stopped; connections that are left then are broken. Any thread.
 */
public final class ServerExtension implements BeforeEachCallback, AfterEachCallback {
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(10);
    private static final Duration GRACE = Duration.ofMillis(200);

    private final Framing framing;
    private final Consumer<Server.Builder> settings;
    private final ConcurrentLinkedQueue<TestPeer> peers = new ConcurrentLinkedQueue<>();
    private volatile Optional<Running> running = Optional.empty();

    private record Running(ManualTicker ticker, EventLoops eventLoops, Server server) {}

    private ServerExtension(Framing framing, Consumer<Server.Builder> settings) {
        this.framing = framing;
        this.settings = settings;
    }

    /** A server with this framing; {@code settings} gives it its handler and whatever else it needs but event loops. */
    public static ServerExtension of(Framing framing, Consumer<Server.Builder> settings) {
        return new ServerExtension(framing, settings);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ManualTicker ticker = new ManualTicker();
        EventLoops eventLoops = EventLoops.builder()
                .threads(1)
                .name("gatehouse-testing")
                .ticker(ticker)
                .sweepInterval(SWEEP_INTERVAL)
                .build();
        Server.Builder builder = Server.builder("127.0.0.1:0", framing);
        settings.accept(builder);
        running = Optional.of(
                new Running(ticker, eventLoops, builder.eventLoops(eventLoops).start()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        peers.forEach(TestPeer::close);
        peers.clear();
        running.ifPresent(r -> {
            r.server().stop(GRACE);
            r.eventLoops().close();
        });
        running = Optional.empty();
    }

    /** The server of the running test. */
    public Server server() {
        return running().server();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server().localAddress();
    }

    /** The clock of its deadlines. */
    public ManualTicker ticker() {
        return running().ticker();
    }

    /** A new peer that is connected to it; closed after the test. */
    public TestPeer peer() {
        TestPeer peer = TestPeer.connect(address());
        peers.add(peer);
        return peer;
    }

    private Running running() {
        return running.orElseThrow(() -> new IllegalStateException("the server runs during a test only"));
    }
}
