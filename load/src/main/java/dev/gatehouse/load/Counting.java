package dev.gatehouse.load;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * What one thread counts during a run, in slices of a second, which it hands over when their time is over. On its loop's thread; after
 * the run, whoever waits for it reads the rest.
 */
final class Counting {
    /** How long a slice is. */
    static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Slices on their way: to whoever adds them up, and back. */
    static final class Slices {
        final Queue<Slice> full = new ConcurrentLinkedQueue<>();
        final Queue<Slice> free = new ConcurrentLinkedQueue<>();

        private Slice next(int index) {
            Slice recycled = free.poll();
            Slice next = recycled == null ? new Slice() : recycled;
            next.index = index;
            return next;
        }
    }

    private final Slices slices;
    private final Findings findings = new Findings();
    private Slice slice;
    private long sliceEndNanos;
    private long answers;
    private long lastAnswerNanos;
    private long endNanos;
    private long notSent;
    private long otherPackets;
    private long connections;

    /** Counts from now on. */
    Counting(Slices slices, long now) {
        this.slices = slices;
        slice = slices.next(0);
        sliceEndNanos = now + SLICE_NANOS;
        lastAnswerNanos = now;
    }

    void sent(int messages) {
        slice.sent += messages;
    }

    void bytesSent(long bytes) {
        slice.bytesSent += bytes;
    }

    void bytesReceived(long bytes) {
        slice.bytesReceived += bytes;
    }

    void late(long nanos) {
        Slice.record(slice.lateness, nanos, 1);
    }

    /** So many answers came, of one latency, which counts if it is timed. */
    void answered(long latencyNanos, int count, boolean timed, long now) {
        answers += count;
        slice.answers += count;
        lastAnswerNanos = now;
        if (timed) {
            Slice.record(slice.latency, latencyNanos, count);
        }
    }

    void notSent() {
        notSent++;
    }

    void otherPacket() {
        otherPackets++;
    }

    void connected() {
        connections++;
    }

    /** Hands the slice over if its time is over. */
    void turn(long now) {
        if (now - sliceEndNanos >= 0) {
            int passed = (int) ((now - sliceEndNanos) / SLICE_NANOS) + 1;
            sliceEndNanos += passed * SLICE_NANOS;
            int index = slice.index + passed;
            slices.full.add(slice);
            slice = slices.next(index);
        }
    }

    /** Hands the last slice over, of a run that went on until this time at least. */
    void over(long now) {
        endNanos = lastAnswerNanos - now > 0 ? lastAnswerNanos : now;
        slices.full.add(slice);
    }

    Findings findings() {
        return findings;
    }

    long answers() {
        return answers;
    }

    /** When the last answer came, or, if that is later, the last message could have been sent. */
    long endNanos() {
        return endNanos;
    }

    long messagesNotSent() {
        return notSent;
    }

    long otherPackets() {
        return otherPackets;
    }

    long connections() {
        return connections;
    }
}
