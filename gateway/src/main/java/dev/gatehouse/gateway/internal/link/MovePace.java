package dev.gatehouse.gateway.internal.link;

import java.time.Duration;

/** How many sessions may move now: so many a second, and after a rest no more than in a quarter of one. On the event loop. */
final class MovePace {
    private static final double SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double BURST_SECONDS = 0.25;

    private final double perSecond;
    private final double burst;
    private double allowed;
    private long lastNanos;

    /**
     * A pace that allows its burst at once.
     *
     * @param perSecond above 0
     */
    MovePace(double perSecond, long now) {
        this.perSecond = perSecond;
        burst = Math.max(1, perSecond * BURST_SECONDS);
        allowed = burst;
        lastNanos = now;
    }

    /** How many may move at this time. */
    int allowed(long now) {
        allowed = Math.min(burst, allowed + (now - lastNanos) / SECOND_NANOS * perSecond);
        lastNanos = now;
        return (int) allowed;
    }

    /** So many of those that were allowed have moved. */
    void moved(int sessions) {
        allowed -= sessions;
    }
}
