package dev.gatehouse.load;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** Lets clients connect: not faster than the ramp says, not too many at once, and again a while after a failure. On its loop's thread. */
final class Connector {
    /** How many connects of one thread may be under way, so that a server's backlog isn't what is measured. */
    private static final int CONNECTING_MAX = 256;
    /** What a loop that comes late may catch up on. */
    private static final long LATE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

    private final Queue<LoadClient> waiting = new ArrayDeque<>();
    private final Queue<LoadClient> retrying = new ArrayDeque<>();
    private final long everyNanos;
    private final long retryNanos;
    private long nextNanos;
    private int connecting;

    /** The connector of one of the threads that share a ramp. */
    Connector(LoadConfig config, long now) {
        int rate = config.connectsPerSecond();
        everyNanos = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(config.threads()) / rate;
        retryNanos = config.retryDelay().toNanos();
        nextNanos = now;
    }

    /** A client wants a connection. */
    void add(LoadClient client) {
        waiting.add(client);
    }

    /** A client's connect has ended, well or badly. */
    void settled() {
        connecting--;
    }

    /** A client wants a connection, after a failure. */
    void again(LoadClient client, long now) {
        client.retryAt(now + retryNanos);
        retrying.add(client);
    }

    /** Starts the connects that may start now. */
    void turn(long now) {
        while (!retrying.isEmpty() && now - retrying.element().retryNanos() >= 0) {
            waiting.add(retrying.remove());
        }
        nextNanos = Math.max(nextNanos, now - LATE_NANOS_MAX);
        while (!waiting.isEmpty() && connecting < CONNECTING_MAX && now - nextNanos >= 0) {
            nextNanos += everyNanos;
            connecting++;
            waiting.remove().connect(now);
        }
    }

    /** When it wants its loop's attention next. */
    long nextNanos(long now) {
        boolean more = !waiting.isEmpty() && connecting < CONNECTING_MAX;
        long next = more ? Math.max(0, nextNanos - now) : Long.MAX_VALUE;
        return retrying.isEmpty() ? next : Math.min(next, retrying.element().retryNanos() - now);
    }
}
