package dev.gatehouse.load;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a run measured. Immutable, but for the histograms, which belong to whoever has it.
 *
 * @param pace how messages followed each other
 * @param elapsed from the first message to the last answer
 * @param sent messages sent
 * @param answers answers that came
 * @param notSent messages of an open loop that weren't sent, because every client had as many waiting as may
 * @param otherPackets packets that answered nothing
 * @param bytesSent bytes sent, frames and all, without those of TLS
 * @param bytesReceived bytes that came
 * @param connections connections that became ready during the run
 * @param connected clients that were connected when it ended
 * @param latency in nanoseconds: of a closed loop from the send to the answer, of an open loop from when the message was due
 * @param lateness in nanoseconds: how late messages of an open loop went out; empty for a closed loop
 * @param intervals the run, second by second
 * @param findings what went wrong
 * @param processorTime what the load's own threads took of the processors
 */
public record Measurement(
        Pace pace,
        Duration elapsed,
        long sent,
        long answers,
        long notSent,
        long otherPackets,
        long bytesSent,
        long bytesReceived,
        long connections,
        int connected,
        Histogram latency,
        Histogram lateness,
        List<Interval> intervals,
        Findings findings,
        Duration processorTime) {
    /** Answers a second. */
    public double answersPerSecond() {
        return answers / seconds();
    }

    /** Bytes a second, both ways together. */
    public double bytesPerSecond() {
        return (bytesSent + bytesReceived) / seconds();
    }

    private double seconds() {
        return Math.max(1, elapsed.toNanos()) / 1e9;
    }
}
