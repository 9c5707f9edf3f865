package dev.gatehouse.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LeadTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SHORT = Duration.ofNanos(50_000).toNanos();
    private static final int ROUNDS = 2_000;

    private static Lead lead(long leftNanos) {
        return new Lead(1, 1, 1, 0, System.nanoTime() + leftNanos);
    }

    @Test
    void goesOnWhenItIsRenewedInTime() {
        Lead lead = lead(MINUTE);
        long until = lead.untilNanos() + MINUTE;
        assertThat(lead.renewed(until)).isTrue();
        assertThat(lead.untilNanos()).isEqualTo(until);
        assertThat(lead.certain()).isTrue();
    }

    @Test
    void endsASecondBeforeItsLeaseCouldEnd() {
        assertThat(Lead.until(5, Duration.ofSeconds(10)))
                .isEqualTo(5 + Duration.ofSeconds(9).toNanos());
    }

    @Test
    void staysOverWhenTheAnswerWasReadTooLate() {
        Lead lead = lead(-1);
        assertThat(lead.renewed(System.nanoTime() + MINUTE)).isFalse();
        assertThat(lead.certain()).isFalse();
    }

    /** The coordinator's loop asks while the store's thread renews, about when the time is over: either of them may be first. */
    @Test
    void staysOverForWhoeverHasFoundItOver() {
        for (int round = 0; round < ROUNDS; round++) {
            Lead lead = lead(SHORT);
            long renewal = lead.untilNanos() - round;
            CompletableFuture<Boolean> renewed = CompletableFuture.supplyAsync(() -> renewAt(renewal, lead));
            boolean certain = true;
            while (certain && !renewed.isDone()) {
                certain = lead.certain();
            }
            assertThat(renewed.join() && !certain).isFalse();
        }
    }

    private static boolean renewAt(long nanos, Lead lead) {
        while (System.nanoTime() - nanos < 0) {
            Thread.onSpinWait();
        }
        return lead.renewed(System.nanoTime() + MINUTE);
    }
}
