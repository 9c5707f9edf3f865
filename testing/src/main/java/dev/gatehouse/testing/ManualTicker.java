package dev.gatehouse.testing;

import dev.gatehouse.net.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. Any thread. */
public final class ManualTicker implements Ticker {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    /**
     * Moves the clock on.
     *
     * @throws IllegalArgumentException if {@code by} is below 0
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by: " + by + " (expected: 0 or more)");
        }
        nanos.addAndGet(by.toNanos());
    }
}
