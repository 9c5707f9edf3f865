package dev.gatehouse.load;

/**
 * Checks the answers of one connection, byte for byte: each must be the payload of the oldest message in flight. Any other is a fault,
 * and this says which. On the client's thread.
 */
final class AnswerCheck implements Dialogue.Listener {
    private final LoadLoop loop;
    private final PayloadPattern pattern;
    private final int client;
    private final int clientDigits;
    private final boolean timed;
    private final Outstanding outstanding = new Outstanding();
    private long nowNanos;
    /** Answers that came with these, to messages of one time: most do, and are counted at once. */
    private int sameCount;

    private long sameNanos;

    /**
     * The check of a new connection.
     *
     * @param timed whether latencies count: not those of a client that stops reading
     */
    AnswerCheck(LoadLoop loop, int client, boolean timed) {
        this.loop = loop;
        this.client = client;
        this.timed = timed;
        pattern = loop.dialogues().pattern();
        clientDigits = PayloadPattern.clientDigits(client);
    }

    Outstanding outstanding() {
        return outstanding;
    }

    /** Answers that are told from here on came at this time. */
    void now(long nanos) {
        nowNanos = nanos;
    }

    /** Counts what came; to be called when no more is there. */
    void count() {
        if (sameCount > 0) {
            loop.settled(sameCount);
            loop.counting().answered(nowNanos - sameNanos, sameCount, timed, nowNanos);
            sameCount = 0;
        }
    }

    @Override
    public void answer(byte[] in, int at, int length) {
        long oldest = outstanding.head();
        if (oldest < outstanding.sent() && pattern.matches(in, at, length, clientDigits, oldest)) {
            answered(oldest);
        } else {
            unexpected(in, at, length);
        }
    }

    @Override
    public void other() {
        loop.counting().otherPacket();
    }

    private void answered(long sequence) {
        if (outstanding.late(sequence)) {
            loop.counting().findings().fault(Fault.OUT_OF_ORDER, told("came after that to a later message", sequence));
        }
        long nanos = outstanding.settle(sequence);
        if (nanos != sameNanos) {
            count();
            sameNanos = nanos;
        }
        sameCount++;
    }

    private void unexpected(byte[] in, int at, int length) {
        if (length != pattern.bytes()) {
            changed("has " + length + " bytes of payload instead of " + pattern.bytes());
            return;
        }
        int digits = PayloadPattern.clientDigits(in, at);
        long sequence = PayloadPattern.sequence(in, at);
        int other = PayloadPattern.client(digits);
        if (sequence < 0
                || PayloadPattern.clientDigits(other) != digits
                || other >= loop.config().clients()
                || !pattern.matches(in, at, length, digits, sequence)) {
            changed("differs from what was sent");
        } else if (other != client) {
            loop.counting().findings().fault(Fault.FOREIGN, told("belongs to client " + other, sequence));
        } else if (outstanding.inFlight(sequence)) {
            answered(sequence);
        } else if (outstanding.settled(sequence)) {
            loop.counting().findings().fault(Fault.DOUBLED, told("came again, or after it was given up", sequence));
        } else {
            changed("answers what was never sent");
        }
    }

    /** An answer makes no sense: it stands for the oldest one, as a server that changes bytes mostly keeps the order. */
    private void changed(String how) {
        long oldest = outstanding.head();
        loop.counting().findings().fault(Fault.CHANGED, told(how, oldest));
        if (oldest < outstanding.sent()) {
            outstanding.settleHead();
            loop.settled(1);
        }
    }

    /** The oldest message is given up: its answer is missing, or it was never sent. */
    void giveUpOldest(String why) {
        long oldest = outstanding.head();
        if (oldest < outstanding.sent()) {
            loop.counting().findings().fault(Fault.MISSING, told("is missing: " + why, oldest));
        } else {
            loop.counting().notSent();
            outstanding.send(1, nowNanos);
        }
        outstanding.settleHead();
        loop.settled(1);
    }

    /** Everything that is outstanding is given up. */
    void giveUpAll(String why) {
        while (outstanding.open() > 0) {
            giveUpOldest(why);
        }
    }

    /** As {@link #giveUpAll}, where it is no fault. */
    void forgetAll() {
        loop.settled(outstanding.open());
        outstanding.clear();
    }

    private String told(String what, long sequence) {
        return "client " + client + ": answer " + sequence + " " + what;
    }
}
