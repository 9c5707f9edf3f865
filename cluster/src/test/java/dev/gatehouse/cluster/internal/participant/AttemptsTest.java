package dev.gatehouse.cluster.internal.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Backoff;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(5);

    private static Attempts attempts(double jitter) {
        return new Attempts(new Backoff(FIRST, MOST, jitter), new SplittableRandom(1));
    }

    @Test
    void waitTwiceAsLongEachTimeUpToFiveSeconds() {
        Attempts attempts = attempts(0);
        assertThat(Stream.generate(attempts::failed).limit(8).map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
    }

    @Test
    void leaveAPartOfEachWaitToChance() {
        Attempts attempts = attempts(0.5);
        assertThat(Stream.generate(attempts::failed).limit(100).skip(10))
                .allSatisfy(wait -> assertThat(wait).isBetween(MOST.dividedBy(2), MOST))
                .doesNotHaveDuplicates();
    }

    @Test
    void beginAnewAfterAConnectionThatHeld() {
        Attempts attempts = attempts(0);
        Stream.generate(attempts::failed).limit(7).forEach(wait -> {});
        assertThat(attempts.ended(MOST.plusNanos(1))).isEqualTo(FIRST);
    }

    @Test
    void goOnGrowingAfterConnectionsThatEndAtOnce() {
        Attempts attempts = attempts(0);
        assertThat(attempts.ended(Duration.ofMillis(10))).isEqualTo(FIRST);
        assertThat(attempts.ended(Duration.ofMillis(10))).isEqualTo(FIRST.multipliedBy(2));
        assertThat(attempts.ended(Duration.ofMillis(10))).isEqualTo(FIRST.multipliedBy(4));
    }
}
