package dev.gatehouse.backend.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** A warning that is logged once a second at most, with the number of those that were left out. Any thread. */
final class RareWarning {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Logger log;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong leftOut = new AtomicLong();

    RareWarning(Logger log) {
        this.log = log;
    }

    void warn(String sentence) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
            log.warn("{} ({} more since the last such line)", sentence, leftOut.getAndSet(0));
        } else {
            leftOut.incrementAndGet();
        }
    }
}
