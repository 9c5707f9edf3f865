package heartbeat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Client;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.Ticker;
import dev.gatehouse.net.message.Codec;
import dev.gatehouse.net.message.MessageConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Registers with its master, then listens for the pings. When none has come for some time, the master is lost; then it registers again until
 * that works. All of it lives on one event loop.
 */
final class Node implements AutoCloseable {
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);
    private static final Duration REGISTER_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final String master;
    private final String address;
    private final long masterTimeoutNanos;
    private final Ticker ticker;
    private final Consumer<String> events;
    private final EventLoops eventLoops =
            EventLoops.builder().threads(1).name("node").build();
    private final Client client;
    private Optional<Server> server = Optional.empty();

    // On the event loop.
    private boolean registering;
    private boolean registered;
    private long pingNanos;
    private final AtomicInteger pings = new AtomicInteger();

    Node(String name, String master, String address, Duration masterTimeout, Ticker ticker, Consumer<String> events) {
        this.name = name;
        this.master = master;
        this.address = address;
        this.masterTimeoutNanos = masterTimeout.toNanos();
        this.ticker = ticker;
        this.events = events;
        client = Client.builder(Framing.lines(Master.LINE_BYTES_MAX))
                .handler(Codec.text().handler(Node::answered))
                .options(ConnectionOptions.builder()
                        .firstMessageTimeout(REGISTER_TIMEOUT)
                        .build())
                .connectTimeout(REGISTER_TIMEOUT)
                .eventLoops(eventLoops)
                .build();
    }

    /** Registers, then listens. */
    void start() {
        try {
            register().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        server = Optional.of(Server.builder(address, Framing.lines(Master.LINE_BYTES_MAX))
                .handler(Codec.text().handler(this::pinged))
                .options(ConnectionOptions.builder()
                        .idleTimeout(REGISTER_TIMEOUT)
                        .build())
                .eventLoops(eventLoops)
                .start());
        long every = CHECK_INTERVAL.toNanos();
        eventLoops.get(0).scheduleWithFixedDelay(this::check, every, every, TimeUnit.NANOSECONDS);
    }

    /** Completes, on the event loop, when the master has answered. */
    private CompletableFuture<Void> register() {
        String line = "register " + name + " " + Address.parse(address).getPort();
        return client.connect(master)
                .thenCompose(connection -> {
                    connection.send(line.getBytes(UTF_8));
                    return connection
                            .ended()
                            .thenApply(reason ->
                                    connection.attachment(String.class).orElse("no answer"));
                })
                .thenAcceptAsync(this::registered, eventLoops.get(0));
    }

    private static void answered(MessageConnection<String> connection, String line) {
        connection.connection().attach(line);
        connection.close();
    }

    private void registered(String answer) {
        if (!answer.equals("registered")) {
            throw new IllegalArgumentException("the master at " + master + " says: " + answer);
        }
        registered = true;
        pingNanos = ticker.nanos();
        events.accept("registered with " + master);
    }

    private void pinged(MessageConnection<String> connection, String line) {
        if (line.equals("ping")) {
            pingNanos = ticker.nanos();
            pings.incrementAndGet();
            connection.send("pong");
        } else {
            connection.close();
        }
    }

    /** How many pings have come. Any thread. */
    int pings() {
        return pings.get();
    }

    /** Looks whether the master is lost; on the event loop. */
    private void check() {
        if (registered && ticker.nanos() - pingNanos >= masterTimeoutNanos) {
            registered = false;
            events.accept("the master is lost");
        }
        if (!registered && !registering) {
            registering = true;
            CompletableFuture<Void> unused =
                    register().whenCompleteAsync((done, failure) -> registering = false, eventLoops.get(0));
        }
    }

    @Override
    public void close() {
        server.ifPresent(Server::close);
        client.close();
        eventLoops.close();
    }
}
