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
    private long highestOutOfTurn = -1;

    /** A message comes due. */
    void add(long nanos) {
        makeRoom(1);
        times[at(due++)] = Math.max(nanos, ANSWERED + 1);
    }

    /** So many messages come due that count from when they are sent. */
    void addUntimed(int count) {
        makeRoom(count);
        due += count;
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

    /** The next messages go out, and count from now on. */
    void send(int count, long nanos) {
        long time = Math.max(nanos, ANSWERED + 1);
        for (int i = 0; i < count; i++) {
            times[at(sent++)] = time;
        }
    }

    /** Whether a sequence is in flight. */
    boolean inFlight(long sequence) {
        return sequence >= head && sequence < sent && times[at(sequence)] != ANSWERED;
    }

    /** Whether a sequence was in flight, and has been answered or given up. */
    boolean settled(long sequence) {
        return sequence >= 0 && sequence < sent && !inFlight(sequence);
    }

    /** Whether a later one than this, which is in flight, was answered before. */
    boolean late(long sequence) {
        return answeredOutOfTurn > 0 && sequence < highestOutOfTurn;
    }

    /** The oldest one, which is in flight, is settled; returns its time. */
    long settleHead() {
        long time = times[at(head++)];
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
        highestOutOfTurn = Math.max(highestOutOfTurn, sequence);
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

    private void makeRoom(int count) {
        int length = times.length;
        while (due - head + count > length) {
            length *= 2;
        }
        if (length > times.length) {
            long[] larger = new long[length];
            for (long sequence = head; sequence < due; sequence++) {
                larger[(int) sequence & (length - 1)] = times[at(sequence)];
            }
            times = larger;
        }
    }
}
