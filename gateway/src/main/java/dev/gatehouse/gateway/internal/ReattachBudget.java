package dev.gatehouse.gateway.internal;

import java.time.Duration;

/** How often a session may be attached again: three times a minute. */
final class ReattachBudget {
    static final int ATTEMPTS_MAX = 3;
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final long[] attempts = new long[ATTEMPTS_MAX];
    private int made;

    /** Uses one attempt; false if there is none left. */
    boolean take(long now) {
        int oldest = made % ATTEMPTS_MAX;
        if (made >= ATTEMPTS_MAX && now - attempts[oldest] < WINDOW_NANOS) {
            return false;
        }
        attempts[oldest] = now;
        made++;
        return true;
    }
}
