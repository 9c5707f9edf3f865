package heartbeat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Client;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.message.Codec;
import dev.gatehouse.net.message.MessageConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nodes register with it; it dials each of them for each ping, and closes after the pong. Server, client and the list of nodes live on one
 * event loop.
 *
 * <pre>
 *   node to master:   register NAME PORT \n     registered \n
 *   master to node:   ping \n                   pong \n
 * </pre>
 */
final class Master implements AutoCloseable {
    static final int LINE_BYTES_MAX = 100;
    static final int MISSES_MAX = 3;
    private static final int NODES_MAX = 1000;
    private static final Pattern REGISTER = Pattern.compile("register ([\\p{Alnum}_-]{1,32}) (\\d{1,5})");

    private final Duration interval;
    private final Consumer<String> events;
    private final EventLoops eventLoops =
            EventLoops.builder().threads(1).name("master").build();
    private final Client client;
    private final Server server;
    private final Map<String, WatchedNode> nodes = new LinkedHashMap<>();

    Master(String address, Duration interval, Consumer<String> events) {
        this.interval = interval;
        this.events = events;
        try {
            client = Client.builder(Framing.lines(LINE_BYTES_MAX))
                    .handler(Codec.text().handler(Master::pong))
                    .options(ConnectionOptions.builder()
                            .firstMessageTimeout(interval)
                            .build())
                    .connectTimeout(interval)
                    .errorListener(error -> {}) // A ping that fails is a miss, and said as such.
                    .eventLoops(eventLoops)
                    .build();
            server = Server.builder(address, Framing.lines(LINE_BYTES_MAX))
                    .handler(Codec.text().handler(this::register))
                    .options(ConnectionOptions.builder()
                            .idleTimeout(Duration.ofSeconds(10))
                            .build())
                    .eventLoops(eventLoops)
                    .start();
        } catch (RuntimeException e) {
            eventLoops.close();
            throw e;
        }
    }

    /** Begins to ping. */
    void start() {
        eventLoops
                .get(0)
                .scheduleWithFixedDelay(this::beat, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    InetSocketAddress localAddress() {
        return server.localAddress();
    }

    /** A node is dialled where it came from: a stranger can't make us dial a third one. */
    private void register(MessageConnection<String> connection, String line) {
        Matcher register = REGISTER.matcher(line);
        if (!register.matches() || Integer.parseInt(register.group(2)) > 65_535) {
            connection.send("error: expected: register NAME PORT");
            connection.close();
            return;
        }
        String name = register.group(1);
        if (nodes.size() >= NODES_MAX && !nodes.containsKey(name)) {
            connection.send("error: there are " + NODES_MAX + " nodes already");
            connection.close();
            return;
        }
        InetSocketAddress address = new InetSocketAddress(
                connection.connection().remoteAddress().getAddress(), Integer.parseInt(register.group(2)));
        nodes.put(name, new WatchedNode(name, address));
        connection.send("registered");
        events.accept("node " + name + " at " + Address.format(address) + " has registered");
    }

    /** Pings each node, but those whose last ping isn't over. Any thread. */
    void beat() {
        eventLoops.get(0).execute(this::pingAll);
    }

    private void pingAll() {
        List.copyOf(nodes.values()).stream().filter(WatchedNode::beginPing).forEach(node -> {
            CompletableFuture<Void> unused =
                    ping(node).thenAcceptAsync(answered -> pinged(node, answered), eventLoops.get(0));
        });
    }

    /** Dials the node; completes with whether it answered before the connection ended. */
    private CompletableFuture<Boolean> ping(WatchedNode node) {
        return client.connect(node.address())
                .thenCompose(connection -> {
                    connection.send("ping".getBytes(UTF_8));
                    return connection.ended().thenApply(reason -> hasPong(connection));
                })
                .exceptionally(failure -> false);
    }

    private static void pong(MessageConnection<String> connection, String line) {
        if (line.equals("pong")) {
            connection.connection().attach(line);
        }
        connection.close();
    }

    private static boolean hasPong(Connection connection) {
        return connection.attachment(String.class).isPresent();
    }

    private void pinged(WatchedNode node, boolean answered) {
        int misses = node.endPing(answered);
        // It may have registered anew meanwhile; then this is another's ping.
        if (misses > 0 && nodes.get(node.name()) == node) {
            events.accept("node " + node.name() + " missed a ping (" + misses + " of " + MISSES_MAX + ")");
            if (misses == MISSES_MAX) {
                nodes.remove(node.name());
                events.accept("node " + node.name() + " is lost");
            }
        }
    }

    @Override
    public void close() {
        server.close();
        client.close();
        eventLoops.close();
    }
}
