package dev.gatehouse.load.report;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Watches for stalls of the machine, or of this whole process: a thread that sleeps a millisecond at a time, and notes when it was
 * away for longer than {@link #THRESHOLD} (as jHiccup does). What others measure meanwhile isn't theirs. Any thread.
 */
public final class MachineStalls implements AutoCloseable {
    /** Absences that are longer are noted. */
    public static final Duration THRESHOLD = Duration.ofMillis(5);

    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LongConsumer heard;
    private final Thread thread;
    private volatile boolean closed;
    private long count;
    private long longestNanos;
    private long sumNanos;

    private MachineStalls(LongConsumer heard) {
        this.heard = heard;
        thread = Thread.ofPlatform().daemon().name("machine-stalls").unstarted(this::watch);
        thread.start();
    }

    /** Begins to watch. */
    public static MachineStalls watch(LongConsumer heard) {
        return new MachineStalls(heard);
    }

    /** Begins to watch, and only counts. */
    public static MachineStalls count() {
        return new MachineStalls(nanos -> {});
    }

    private void watch() {
        long before = System.nanoTime();
        while (!closed) {
            LockSupport.parkNanos(NAP_NANOS);
            long now = System.nanoTime();
            long away = now - before;
            before = now;
            if (away > THRESHOLD.toNanos()) {
                note(away);
                heard.accept(away);
            }
        }
    }

    private synchronized void note(long nanos) {
        count++;
        sumNanos += nanos;
        longestNanos = Math.max(longestNanos, nanos);
    }

    /** What was seen so far. */
    public synchronized Summary summary() {
        return new Summary(count, Duration.ofNanos(longestNanos), Duration.ofNanos(sumNanos));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /**
     * Stalls that were noted.
     *
     * @param count how many
     * @param longest the longest of them
     * @param sum all together
     */
    public record Summary(long count, Duration longest, Duration sum) {}
}
