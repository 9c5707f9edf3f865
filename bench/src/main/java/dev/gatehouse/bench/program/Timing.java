package dev.gatehouse.bench.program;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor time of what one thread does between {@link #start} and {@link #stop}. */
final class Timing {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private long started;
    private long nanos;

    /** Something that is done, and times itself. */
    @FunctionalInterface
    interface Timed {
        void run(Timing timing);
    }

    private Timing() {}

    /** Nanoseconds of the fastest of so many rounds: what disturbs only makes slower. */
    static double fastest(int rounds, Timed timed) {
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            Timing timing = new Timing();
            timed.run(timing);
            fastest = Math.min(fastest, timing.nanos);
        }
        return fastest;
    }

    void start() {
        started = CLOCK.getCurrentThreadCpuTime();
    }

    void stop() {
        nanos += CLOCK.getCurrentThreadCpuTime() - started;
    }
}
