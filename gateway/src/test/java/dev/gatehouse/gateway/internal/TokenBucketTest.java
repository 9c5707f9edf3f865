package dev.gatehouse.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.RateLimit;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void holdsItsBurst() {
        TokenBucket bucket = new TokenBucket(new RateLimit(60, 3), 0);
        assertThat(taken(bucket, 0, 10)).isEqualTo(3);
    }

    @Test
    void fillsAtItsRateUpToTheBurst() {
        TokenBucket bucket = new TokenBucket(new RateLimit(60, 3), 0);
        taken(bucket, 0, 3);
        assertThat(taken(bucket, SECOND - 1, 1)).isZero();
        assertThat(taken(bucket, SECOND, 5)).isEqualTo(1);
        assertThat(taken(bucket, 3 * SECOND, 5)).isEqualTo(2);
        assertThat(taken(bucket, 1000 * SECOND, 9)).isEqualTo(3);
    }

    @Test
    void aRefusalCostsNothing() {
        TokenBucket bucket = new TokenBucket(new RateLimit(60, 1), 0);
        assertThat(taken(bucket, 0, 1000)).isEqualTo(1);
        assertThat(taken(bucket, SECOND, 1000)).isEqualTo(1);
    }

    @Test
    void worksOnAClockThatIsNegativeOrTurnsOver() {
        for (long start : new long[] {-5 * SECOND, Long.MAX_VALUE - SECOND}) {
            TokenBucket bucket = new TokenBucket(new RateLimit(60, 2), start);
            assertThat(taken(bucket, start, 5)).isEqualTo(2);
            assertThat(taken(bucket, start + 2 * SECOND, 5)).isEqualTo(2);
        }
    }

    @Test
    void takesTheLargestSettings() {
        TokenBucket bucket = new TokenBucket(new RateLimit(1, Integer.MAX_VALUE), 0);
        assertThat(taken(bucket, 0, 100_000)).isEqualTo(100_000);
        assertThat(taken(new TokenBucket(new RateLimit(Integer.MAX_VALUE, 1), 0), 0, 10))
                .isEqualTo(1);
    }

    @Test
    void agreesWithABucketThatCounts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TokenBucket bucket = new TokenBucket(new RateLimit(6000, 7), 0);
        long interval = Duration.ofMinutes(1).toNanos() / 6000;
        long now = 0;
        double tokens = 7;
        for (int i = 0; i < 10_000; i++) {
            long step = random.nextLong(3 * interval);
            now += step;
            tokens = Math.min(7, tokens + (double) step / interval);
            boolean expected = tokens >= 1;
            if (Math.abs(tokens - 1) > 1e-6) {
                assertThat(bucket.take(now)).as("seed %d, step %d", seed, i).isEqualTo(expected);
                tokens -= expected ? 1 : 0;
            } else if (bucket.take(now)) {
                tokens -= 1;
            }
        }
    }

    private static int taken(TokenBucket bucket, long now, int wanted) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += bucket.take(now) ? 1 : 0;
        }
        return taken;
    }
}
