package dev.gatehouse.app.endtoend;

import dev.gatehouse.load.report.MachineStalls;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Time for which the machine ran: without its stalls, as a thread of this process saw them that does nothing but sleep.
 * Nobody who is measured can help those. It watches until the process ends. Any thread.
 */
final class RunningTime {
    /** Shorter ones are what threads wait for a processor on any busy machine. */
    private static final long STALL_NANOS = Duration.ofMillis(20).toNanos();

    private final Queue<Stall> stalls = new ConcurrentLinkedQueue<>();

    private RunningTime() {}

    private record Stall(long start, long end) {
        long within(long from, long to) {
            return Math.max(0, Math.min(end, to) - Math.max(start, from));
        }
    }

    /** Begins to watch. */
    static RunningTime watch() {
        RunningTime time = new RunningTime();
        MachineStalls.watch(time::stalled);
        return time;
    }

    private void stalled(long nanos) {
        if (nanos > STALL_NANOS) {
            long end = System.nanoTime();
            stalls.add(new Stall(end - nanos, end));
        }
    }

    /**
     * For how many nanoseconds the machine ran between two times of {@link System#nanoTime}. To be asked a while later:
     * a stall is noted only when it is over.
     */
    long nanos(long from, long to) {
        long stood = stalls.stream().mapToLong(stall -> stall.within(from, to)).sum();
        return Math.max(0, to - from - stood);
    }
}
