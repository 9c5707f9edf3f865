package dev.gatehouse.gateway.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MovePaceTest {
    private static final long QUARTER = Duration.ofMillis(250).toNanos();

    @Test
    void allowsAQuarterOfASecondAtOnceAndTheRestInTime() {
        MovePace pace = new MovePace(100, 0);
        assertThat(pace.allowed(0)).isEqualTo(25);
        pace.moved(25);
        assertThat(pace.allowed(0)).isZero();
        assertThat(pace.allowed(QUARTER / 25)).isEqualTo(1);
        assertThat(pace.allowed(QUARTER)).isEqualTo(25);
    }

    @Test
    void savesNothingUp() {
        MovePace pace = new MovePace(100, 0);
        assertThat(pace.allowed(Duration.ofHours(1).toNanos())).isEqualTo(25);
    }

    @Test
    void keepsWhatWasAllowedAndNotUsed() {
        MovePace pace = new MovePace(100, 0);
        pace.moved(20);
        assertThat(pace.allowed(0)).isEqualTo(5);
    }

    @Test
    void comesToOneHoweverSlow() {
        MovePace pace = new MovePace(0.5, 0);
        assertThat(pace.allowed(0)).isEqualTo(1);
        pace.moved(1);
        assertThat(pace.allowed(7 * QUARTER)).isZero();
        assertThat(pace.allowed(8 * QUARTER)).isEqualTo(1);
    }
}
