package dev.gatehouse.load;

import java.time.Duration;

/**
 * One second of a run; the last one may be shorter.
 *
 * @param at when it began, from the run's beginning
 * @param length how long it was
 * @param sent messages sent
 * @param answers answers that came
 * @param bytesSent bytes sent, frames and all
 * @param bytesReceived bytes that came
 * @param p50Nanos the median of latency in nanoseconds; 0 without an answer, as all of these
 * @param p99Nanos its 99th percentile
 * @param maxNanos its maximum
 */
public record Interval(
        Duration at,
        Duration length,
        long sent,
        long answers,
        long bytesSent,
        long bytesReceived,
        long p50Nanos,
        long p99Nanos,
        long maxNanos) {
    static Interval of(Slice slice, Duration length) {
        return new Interval(
                Duration.ofNanos(slice.index * Counting.SLICE_NANOS),
                length,
                slice.sent,
                slice.answers,
                slice.bytesSent,
                slice.bytesReceived,
                slice.latency.getValueAtPercentile(50),
                slice.latency.getValueAtPercentile(99),
                slice.latency.getMaxValue());
    }

    /** Answers a second. */
    public double answersPerSecond() {
        return answers / (length.toNanos() / 1e9);
    }
}
