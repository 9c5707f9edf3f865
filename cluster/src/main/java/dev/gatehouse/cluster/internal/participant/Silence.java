package dev.gatehouse.cluster.internal.participant;

import java.time.Duration;

/** How long nothing has come from the coordinator, as long as our own loop ran: what waited in the socket meanwhile is read first. */
final class Silence {
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final long limitNanos;
    private long heardNanos;
    private long lookedNanos;

    Silence(Duration limit, long nowNanos) {
        limitNanos = limit.toNanos();
        heardNanos = nowNanos;
        lookedNanos = nowNanos;
    }

    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** Looks; returns whether the silence is too long. */
    boolean tooLong(long nowNanos) {
        if (nowNanos - lookedNanos > PAUSE_NANOS) {
            heardNanos = nowNanos;
        }
        lookedNanos = nowNanos;
        return nowNanos - heardNanos > limitNanos;
    }
}
