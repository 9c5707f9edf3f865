package dev.gatehouse.bench.latency;

import dev.gatehouse.load.report.MachineStalls;
import java.time.Instant;

/**
 * Watches for stalls of the machine, on the server's processor but in a process of its own, so that no pause of the server's JVM is
 * taken for one. Prints a line for each: when it ended, and its nanoseconds.
 */
public final class StallWatch {
    private StallWatch() {}

    /** Watches until the process is ended. */
    public static void main(String[] arguments) throws InterruptedException {
        MachineStalls.watch(StallWatch::tell);
        Thread.currentThread().join();
    }

    @SuppressWarnings("SystemOut") // The lines are what this program is for.
    private static void tell(long nanos) {
        System.out.println(Instant.now() + " " + nanos);
    }
}
