package dev.gatehouse.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What one thread counted in one interval of a run. Filled by the thread, then handed over. */
final class Slice {
    /** Latencies above are counted as this. */
    static final long NANOS_MAX = TimeUnit.HOURS.toNanos(1);

    private static final int DIGITS = 3;

    final Histogram latency = histogram();
    /** How late messages of an open loop went out. */
    final Histogram lateness = histogram();

    int index;
    long sent;
    long answers;
    long bytesSent;
    long bytesReceived;

    static Histogram histogram() {
        return new Histogram(NANOS_MAX, DIGITS);
    }

    static void record(Histogram histogram, long nanos, int count) {
        histogram.recordValueWithCount(Math.clamp(nanos, 0, NANOS_MAX), count);
    }

    void add(Slice other) {
        latency.add(other.latency);
        lateness.add(other.lateness);
        sent += other.sent;
        answers += other.answers;
        bytesSent += other.bytesSent;
        bytesReceived += other.bytesReceived;
    }

    void reset() {
        latency.reset();
        lateness.reset();
        sent = 0;
        answers = 0;
        bytesSent = 0;
        bytesReceived = 0;
    }
}
