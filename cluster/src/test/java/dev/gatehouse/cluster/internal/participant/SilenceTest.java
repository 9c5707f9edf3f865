package dev.gatehouse.cluster.internal.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Silence silence = new Silence(LIMIT, 0);
    private long now;

    /** Lets time pass, looking often; returns whether the silence became too long. */
    private boolean tooLongAfter(Duration time) {
        for (long end = now + time.toNanos(); now < end; ) {
            now += LOOK.toNanos();
            if (silence.tooLong(now)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void isTooLongAfterItsLimit() {
        assertThat(tooLongAfter(LIMIT)).isFalse();
        assertThat(tooLongAfter(LOOK)).isTrue();
    }

    @Test
    void beginsAnewWithWhateverIsHeard() {
        assertThat(tooLongAfter(LIMIT)).isFalse();
        silence.heard(now);
        assertThat(tooLongAfter(LIMIT)).isFalse();
        assertThat(tooLongAfter(LOOK)).isTrue();
    }

    @Test
    void beginsAnewAfterAPauseOfOurOwnBecauseWhatCameMeanwhileIsReadFirst() {
        assertThat(tooLongAfter(Duration.ofSeconds(9))).isFalse();
        now += Duration.ofSeconds(60).toNanos();
        assertThat(silence.tooLong(now)).isFalse();
        assertThat(tooLongAfter(LIMIT)).isFalse();
        assertThat(tooLongAfter(LOOK)).isTrue();
    }
}
