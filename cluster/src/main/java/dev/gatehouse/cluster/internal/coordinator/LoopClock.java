package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.net.Ticker;
import java.time.Duration;

/**
 * The clock of the coordinator's loop. It is read in each turn, at least at each tick, so it knows when the loop itself was late: what others
 * didn't do meanwhile isn't their fault. On the loop.
 */
final class LoopClock {
    private final Ticker ticker;
    private final long pauseNanos;
    private final long lateNanos;

    private long now;
    private long late;

    /** A gap of half a ping interval is late, or one that is a pause, if that is shorter: two ticks at least, by the configuration's limits. */
    static LoopClock of(CoordinatorConfig config, Ticker ticker) {
        Duration half = config.pingInterval().dividedBy(2);
        return new LoopClock(ticker, config.pause(), half.compareTo(config.pause()) < 0 ? half : config.pause());
    }

    /**
     * @param pause a gap of more than that is a pause
     * @param lateness a gap of more than that is late
     */
    LoopClock(Ticker ticker, Duration pause, Duration lateness) {
        this.ticker = ticker;
        pauseNanos = pause.toNanos();
        lateNanos = lateness.toNanos();
        now = ticker.nanos();
        late = now - 1;
    }

    /** Begins a turn; returns whether the loop has paused before it. */
    boolean read() {
        long before = now;
        now = ticker.nanos();
        if (now - before > lateNanos) {
            late = now;
        }
        return now - before > pauseNanos;
    }

    /** The time of this turn, in nanoseconds. */
    long now() {
        return now;
    }

    /** The same in milliseconds. */
    long millis() {
        return now / 1_000_000;
    }

    boolean reached(long nanos) {
        return now - nanos >= 0;
    }

    /** Whether the loop has never been late since then. */
    boolean onTimeSince(long nanos) {
        return late - nanos <= 0;
    }
}
