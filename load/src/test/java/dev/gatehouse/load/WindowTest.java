package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {
    /** A clock that overflows meanwhile. */
    private static final long START = Long.sum(Long.MAX_VALUE, -500);

    private static List<Long> due(Window window, long now) {
        List<Long> due = new ArrayList<>();
        while (window.dueAt(now) && window.take(1) > 0) {
            due.add(window.due() - START);
        }
        return due;
    }

    @Test
    void letsMessagesOfAnOpenLoopComeDueAtEvenIntervals() {
        Window window = new Window(Pace.open(10_000_000), 1, 0, START, START + 1000, 1_000_000);
        assertThat(due(window, START)).containsExactly(0L);
        assertThat(due(window, START + 250)).containsExactly(100L, 200L);
        assertThat(window.waitNanos(START + 250)).isEqualTo(50);
    }

    @Test
    void givesEachThreadItsTurns() {
        Window first = new Window(Pace.open(10_000_000), 2, 0, START, START + 1000, 1_000_000);
        Window second = new Window(Pace.open(10_000_000), 2, 1, START, START + 1000, 1_000_000);
        assertThat(due(first, START + 450)).containsExactly(0L, 200L, 400L);
        assertThat(due(second, START + 450)).containsExactly(100L, 300L);
    }

    @Test
    void letsAllComeDueThatWereBeforeTheEndHoweverLateTheThreadIs() {
        Window window = new Window(Pace.open(10_000_000), 1, 0, START, START + 1000, 1_000_000);
        assertThat(window.spent(START + 999)).isFalse();
        assertThat(window.spent(START + 5_000)).isTrue();
        assertThat(due(window, START + 5_000)).hasSize(10).endsWith(900L);
    }

    @Test
    void endsWithItsMessages() {
        Window window = new Window(Pace.closed(4), 1, 0, START, START + 1000, 5);
        assertThat(window.take(4)).isEqualTo(4);
        assertThat(window.spent(START)).isFalse();
        assertThat(window.take(4)).isEqualTo(1);
        assertThat(window.spent(START)).isTrue();
        assertThat(window.inFlight()).isEqualTo(4);
    }

    @Test
    void waitsForAnswersWhenItIsClosed() {
        Window window = new Window(Pace.closed(4), 1, 0, START, START + 1000, 5);
        assertThat(window.drained(START + 5_000, 0)).isFalse();
        window.close(START + 1000, 300);
        assertThat(window.take(1)).isZero();
        assertThat(window.inFlight()).isZero();
        assertThat(window.drained(START + 1100, 1)).isFalse();
        assertThat(window.drained(START + 1100, 0)).isTrue();
        assertThat(window.drained(START + 1300, 1)).isTrue();
    }
}
