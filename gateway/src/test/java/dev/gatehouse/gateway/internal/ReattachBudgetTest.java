package dev.gatehouse.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReattachBudgetTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void allowsItsAttemptsInAnyMinute() {
        ReattachBudget budget = new ReattachBudget(3);
        assertThat(budget.take(0)).isTrue();
        assertThat(budget.take(20 * SECOND)).isTrue();
        assertThat(budget.take(40 * SECOND)).isTrue();
        assertThat(budget.take(59 * SECOND)).isFalse();
        assertThat(budget.take(60 * SECOND)).isTrue();
        assertThat(budget.take(79 * SECOND)).isFalse();
        assertThat(budget.take(80 * SECOND)).isTrue();
    }
}
