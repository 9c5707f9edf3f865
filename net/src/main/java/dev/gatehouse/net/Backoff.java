package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.positive;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a client waits before it connects again: {@code first}, then twice as long each time up to {@code max}; of each, a
 * random part between (1 - {@code jitter}) and all, so that many clients don't come back at the same moment.
 *
 * @param first the first wait (above 0)
 * @param max the longest wait (at least {@code first})
 * @param jitter how much of a wait is left to chance, 0..1
 */
public record Backoff(Duration first, Duration max, double jitter) {
    private static final int DOUBLINGS_MAX = 32;

    public Backoff {
        positive("first", first);
        if (max.compareTo(first) < 0) {
            throw new IllegalArgumentException("max: " + max + " (expected: at least " + first + ")");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter: " + jitter + " (expected: 0..1)");
        }
    }

    /** 100 ms at first, at most 30 s, half of it left to chance. */
    public static Backoff defaults() {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), 0.5);
    }

    /** The wait after {@code failures} (1 or more) failures in a row. */
    public Duration after(int failures, RandomGenerator random) {
        double grown = (double) first.toNanos() * Math.pow(2, Math.min(failures - 1, DOUBLINGS_MAX));
        double wait = Math.min((double) max.toNanos(), grown);
        return Duration.ofNanos((long) (wait * (1 - jitter * random.nextDouble())));
    }
}
