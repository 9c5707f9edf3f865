package dev.gatehouse.load;

import java.time.Duration;

/**
 * Clients that stop reading for a time, again and again, while they go on sending. Their latency isn't counted: it would be their own.
 *
 * @param percent 0..100, the share of the clients that do
 * @param every how often; above {@code lasting}
 * @param lasting how long each time
 */
public record Stalls(int percent, Duration every, Duration lasting) {
    /** All clients always read. */
    public static final Stalls NONE = new Stalls(0, Duration.ofSeconds(10), Duration.ofSeconds(3));

    public Stalls {
        Arguments.inRange("percent", percent, 0, 100);
        Arguments.positive("lasting", lasting);
        if (every.compareTo(lasting) <= 0) {
            throw new IllegalArgumentException("every: " + every + " (expected: above lasting, " + lasting + ")");
        }
    }

    /** Whether this client is one of those that stall: they are spread evenly. */
    boolean of(int client) {
        return (client + 1L) * percent / 100 > (long) client * percent / 100;
    }

    /** Whether a stall is on: each client has its own place in the round. */
    boolean on(int client, long nanos) {
        long phase = Math.floorMod(nanos - client * 7_919L * 1_000_000L, every.toNanos());
        return phase >= every.toNanos() - lasting.toNanos();
    }
}
