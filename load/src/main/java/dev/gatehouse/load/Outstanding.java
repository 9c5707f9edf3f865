package dev.gatehouse.load;

/**
 * The messages of one connection that aren't settled: due, and maybe sent, but not answered. A ring of times by sequence, which grows
 * up to a limit.
 *
 * <pre>
 *   head          sent            due
 *    | in flight   | not sent yet  |
 * </pre>
 *
 * <p>Between head and sent a message may have been answered out of turn; its time is then {@link #ANSWERED}. On the client's thread.
 */
final class Outstanding {
    /** The most messages that can be outstanding. */
    static final int MAX = 1 << 16;
    /** The time of a message that has been answered; a clock that reads so is taken for a nanosecond later. */
    static final long ANSWERED = Long.MIN_VALUE;

    private static final int INITIAL = 4;

    private long[] times = new long[INITIAL];
    private long head;
    private long sent;
    private long due;
    private int answeredOutOfTurn;
    private long highestAnswered = -1;

    /** A message comes due. */
    void add(long nanos) {
        if (due - head == times.length) {
            grow();
        }
        times[at(due++)] = Math.max(nanos, ANSWERED + 1);
    }

    /** How many messages hold a place of the ring: those that aren't settled, and those that were out of turn. */
    int span() {
        return (int) (due - head);
    }

    /** How many messages aren't answered. */
    int open() {
        return (int) (due - head) - answeredOutOfTurn;
    }

    /** How many messages are due but not sent. */
    int unsent() {
        return (int) (due - sent);
    }

    /** The sequence of the next message that is sent, and how many were. */
    long sent() {
        return sent;
    }

    /** The oldest message that isn't answered, or {@link #sent} if there is none. */
    long head() {
        return head;
    }

    /** How many messages came due so far. */
    long due() {
        return due;
    }

    /** The next message goes out; returns when it was due. */
    long send() {
        return times[at(sent++)];
    }

    /** The next message goes out, and counts from now on. */
    void send(long nanos) {
        times[at(sent++)] = Math.max(nanos, ANSWERED + 1);
    }

    /** Whether a sequence is in flight. */
    boolean inFlight(long sequence) {
        return sequence >= head && sequence < sent && times[at(sequence)] != ANSWERED;
    }

    /** Whether a sequence was in flight, and has been answered or given up. */
    boolean settled(long sequence) {
        return sequence >= 0 && sequence < sent && !inFlight(sequence);
    }

    /** Whether a later one than this was answered before. */
    boolean late(long sequence) {
        return sequence < highestAnswered;
    }

    /** The oldest one, which is in flight, is settled; returns its time. */
    long settleHead() {
        long time = times[at(head)];
        highestAnswered = Math.max(highestAnswered, head);
        head++;
        if (answeredOutOfTurn > 0) {
            skipAnswered();
        }
        return time;
    }

    /** One in flight is settled; returns its time. */
    long settle(long sequence) {
        if (sequence == head) {
            return settleHead();
        }
        long time = times[at(sequence)];
        times[at(sequence)] = ANSWERED;
        answeredOutOfTurn++;
        highestAnswered = Math.max(highestAnswered, sequence);
        return time;
    }

    /** When the oldest one was due; there is one. */
    long oldest() {
        return times[at(head)];
    }

    /** Nothing is due or in flight any more. */
    void clear() {
        head = due;
        sent = due;
        answeredOutOfTurn = 0;
    }

    private void skipAnswered() {
        while (head < sent && times[at(head)] == ANSWERED) {
            head++;
            answeredOutOfTurn--;
        }
    }

    private int at(long sequence) {
        return (int) sequence & (times.length - 1);
    }

    private void grow() {
        long[] larger = new long[times.length * 2];
        for (long sequence = head; sequence < due; sequence++) {
            larger[(int) sequence & (larger.length - 1)] = times[at(sequence)];
        }
        times = larger;
    }
}
