package dev.gatehouse.gateway.internal;

import java.time.Duration;

/** How often a session may be attached again: so many times a minute. */
final class ReattachBudget {
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final long[] attempts;
    private int made;

    ReattachBudget(int attemptsMax) {
        attempts = new long[attemptsMax];
    }

    /** Uses one attempt; false if there is none left. */
    boolean take(long now) {
        int oldest = made % attempts.length;
        if (made >= attempts.length && now - attempts[oldest] < WINDOW_NANOS) {
            return false;
        }
        attempts[oldest] = now;
        made++;
        return true;
    }
}
