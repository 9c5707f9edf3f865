package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.RateLimit;
import java.time.Duration;

/**
 * One session's rate limit, as one number: the generic cell rate algorithm, which is a token bucket that needs no timer. The
 * number is the time at which the bucket would be full again. Source: ITU-T I.371, annex A (virtual scheduling).
 */
final class TokenBucket {
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    /** Far beyond any session's life, and far from an overflow. */
    private static final long TOLERANCE_NANOS_MAX = Long.MAX_VALUE / 4;

    private final long intervalNanos;
    private final long toleranceNanos;
    private long fullAtNanos;

    TokenBucket(RateLimit limit, long now) {
        intervalNanos = MINUTE_NANOS / limit.packetsPerMinute();
        toleranceNanos = Math.min((long) limit.burst() - 1, TOLERANCE_NANOS_MAX / intervalNanos) * intervalNanos;
        fullAtNanos = now;
    }

    /** Takes a token; false if there is none. */
    boolean take(long now) {
        long start = fullAtNanos - now > 0 ? fullAtNanos : now;
        if (start - now > toleranceNanos) {
            return false;
        }
        fullAtNanos = start + intervalNanos;
        return true;
    }
}
