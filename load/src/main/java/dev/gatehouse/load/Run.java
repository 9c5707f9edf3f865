package dev.gatehouse.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the threads of a load counted during one run. Not thread-safe: whoever called {@link Load#run}. */
final class Run {
    private final Pace pace;
    private final long startNanos;
    private final Counting.Slices slices = new Counting.Slices();
    private final Map<Integer, Slice> open = new TreeMap<>();
    private final Map<Integer, Integer> parts = new TreeMap<>();
    private final List<Interval> intervals = new ArrayList<>();
    private final Slice total = new Slice();
    private final int threads;

    Run(Pace pace, int threads, long startNanos) {
        this.pace = pace;
        this.threads = threads;
        this.startNanos = startNanos;
    }

    Counting.Slices slices() {
        return slices;
    }

    /** Takes the slices that are there; those that all threads have handed over become intervals. */
    void collect() {
        for (Slice slice = slices.full.poll(); slice != null; slice = slices.full.poll()) {
            total.add(slice);
            int index = slice.index;
            Slice all = open.putIfAbsent(index, slice);
            if (all != null) {
                all.add(slice);
                recycle(slice);
            }
            if (parts.merge(index, 1, Integer::sum) == threads) {
                interval(index, Duration.ofNanos(Counting.SLICE_NANOS));
            }
        }
    }

    private void interval(int index, Duration length) {
        Slice all = open.remove(index);
        if (all != null) {
            intervals.add(Interval.of(all, length));
            recycle(all);
        }
    }

    private void recycle(Slice slice) {
        slice.reset();
        slices.free.add(slice);
    }

    /** The sum, when all threads are done. */
    Measurement end(List<Counting> countings, int connected, Duration processorTime) {
        collect();
        Findings findings = new Findings();
        countings.forEach(counting -> findings.add(counting.findings()));
        long end = countings.stream().mapToLong(Counting::endNanos).reduce(startNanos, Run::later);
        Duration elapsed = Duration.ofNanos(end - startNanos);
        for (int index : List.copyOf(open.keySet())) {
            long length = Math.min(Counting.SLICE_NANOS, elapsed.toNanos() - index * Counting.SLICE_NANOS);
            interval(index, Duration.ofNanos(Math.max(1, length)));
        }
        return new Measurement(
                pace,
                elapsed,
                total.sent,
                total.answers,
                countings.stream().mapToLong(Counting::messagesNotSent).sum(),
                countings.stream().mapToLong(Counting::otherPackets).sum(),
                total.bytesSent,
                total.bytesReceived,
                countings.stream().mapToLong(Counting::connections).sum(),
                connected,
                total.latency,
                total.lateness,
                List.copyOf(intervals),
                findings,
                processorTime);
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
