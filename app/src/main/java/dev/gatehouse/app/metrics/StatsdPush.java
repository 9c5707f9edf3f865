package dev.gatehouse.app.metrics;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes the meters to a StatsD server, by UDP, on a thread of its own. docs/decisions/0009-own-statsd-push.md says why this isn't Micrometer's
 * registry.
 */
public final class StatsdPush implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatsdPush.class);

    /** What passes through every usual network in one piece. */
    private static final int DATAGRAM_BYTES_MAX = 1400;

    private static final long CLOSE_SECONDS_MAX = 5;

    private final Metrics metrics;
    private final String host;
    private final int port;
    private final StatsdLines lines = new StatsdLines();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("statsd").daemon().factory());
    private boolean failing;

    private StatsdPush(Metrics metrics, String host, int port) {
        this.metrics = metrics;
        this.host = host;
        this.port = port;
    }

    /** Pushes every {@code interval} from now on. */
    public static StatsdPush start(Metrics metrics, String host, int port, Duration interval) {
        StatsdPush push = new StatsdPush(metrics, host, port);
        push.thread.scheduleAtFixedRate(push::push, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return push;
    }

    /** Pushes a last time, and ends. */
    @Override
    public void close() {
        thread.execute(this::push);
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void push() {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new IOException("unknown host " + host);
            }
            send(socket, address, lines.of(metrics.refreshed()));
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                LOG.warn("can't push metrics to {}:{}: {}", host, port, e.getMessage());
            }
            failing = true;
        }
    }

    private static void send(DatagramSocket socket, InetSocketAddress address, List<String> all) throws IOException {
        StringBuilder datagram = new StringBuilder(DATAGRAM_BYTES_MAX);
        for (String line : all) {
            if (datagram.length() + line.length() + 1 > DATAGRAM_BYTES_MAX) {
                send(socket, address, datagram);
            }
            datagram.append(datagram.isEmpty() ? "" : "\n").append(line);
        }
        send(socket, address, datagram);
    }

    private static void send(DatagramSocket socket, InetSocketAddress address, StringBuilder datagram)
            throws IOException {
        byte[] bytes = datagram.toString().getBytes(StandardCharsets.US_ASCII);
        datagram.setLength(0);
        if (bytes.length > 0) {
            socket.send(new DatagramPacket(bytes, bytes.length, address));
        }
    }
}
