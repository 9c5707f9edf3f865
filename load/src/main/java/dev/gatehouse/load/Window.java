package dev.gatehouse.load;

/**
 * One thread's part of a run: while it is open, messages come due; then it waits for the answers to all of them. On its loop's thread.
 */
final class Window {
    private enum State {
        OPEN,
        DRAINING
    }

    private final int inFlight;
    private final double messageNanos;
    private final long firstNanos;
    private final long endNanos;
    private long messagesLeft;
    private long dueMessages;
    private long closedNanos;
    private long drainEndNanos;
    private State state = State.OPEN;

    /**
     * An open window.
     *
     * @param pace of all threads together
     * @param threads how many threads share it
     * @param index this thread's, 0..threads - 1: messages of an open loop come due on each in turn
     * @param messages how many may be sent
     */
    Window(Pace pace, int threads, int index, long startNanos, long endNanos, long messages) {
        this.endNanos = endNanos;
        messagesLeft = messages;
        inFlight = pace instanceof Pace.Closed closed ? closed.inFlight() : 0;
        messageNanos = pace instanceof Pace.Open open ? 1e9 * threads / open.messagesPerSecond() : 0;
        firstNanos = startNanos + (long) (messageNanos * index / threads);
    }

    boolean open() {
        return state == State.OPEN;
    }

    boolean openLoop() {
        return messageNanos > 0;
    }

    /** How many messages of a closed loop each client keeps in flight now. */
    int inFlight() {
        return open() ? inFlight : 0;
    }

    /** Takes so many messages of those that may be sent, or those that are left. */
    int take(int wanted) {
        int taken = open() ? (int) Math.min(wanted, messagesLeft) : 0;
        messagesLeft -= taken;
        return taken;
    }

    /** When the next message of an open loop is due. */
    long dueNanos() {
        return firstNanos + (long) (dueMessages * messageNanos);
    }

    /** The next message of an open loop has come due; returns when, and goes on to the one after. */
    long due() {
        long nanos = dueNanos();
        dueMessages++;
        return nanos;
    }

    /** Whether no message may come due any more: the time is over or none is left. */
    boolean spent(long now) {
        return now - endNanos >= 0 || messagesLeft == 0;
    }

    /** Lets no message come due any more, and waits so long for answers. */
    void close(long now, long answerTimeoutNanos) {
        if (open()) {
            state = State.DRAINING;
            closedNanos = now;
            drainEndNanos = now + answerTimeoutNanos;
        }
    }

    /** When it was closed. */
    long closedNanos() {
        return closedNanos;
    }

    /** Whether the answers came, or were waited for long enough. */
    boolean drained(long now, long outstanding) {
        return state == State.DRAINING && (outstanding == 0 || now - drainEndNanos >= 0);
    }

    /** In how many nanoseconds it wants its loop's attention. */
    long waitNanos(long now) {
        if (!open()) {
            return drainEndNanos - now;
        }
        return Math.min(endNanos, openLoop() ? dueNanos() : endNanos) - now;
    }
}
