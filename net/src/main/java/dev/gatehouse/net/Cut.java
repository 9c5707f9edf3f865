package dev.gatehouse.net;

/**
 * What a {@link Framing} answers, and what it remembers for the next question: one for each connection, used on its event
 * loop only.
 *
 * <pre>
 *   reader index                                            writer index
 *   | skipped before | payload (length) | skipped after | the rest ... |
 * </pre>
 */
public final class Cut {
    private int before;
    private int length;
    private int after;
    private int scanned;
    private int needed;
    private boolean eof;

    Cut() {}

    /** The answer "here it is", as distances from the reader index. Always true. */
    public boolean found(int skippedBefore, int payloadLength, int skippedAfter) {
        before = skippedBefore;
        length = payloadLength;
        after = skippedAfter;
        return true;
    }

    /**
     * The answer "not yet". Always false.
     *
     * @param bytesNeeded how many bytes from the reader index are needed at least, as far as known; a hint for the size of
     *     the buffer
     */
    public boolean more(int bytesNeeded) {
        needed = bytesNeeded;
        return false;
    }

    /** How many bytes from the reader index were looked at in vain before; 0 at the start of a frame. */
    public int scanned() {
        return scanned;
    }

    /** Remembers how many bytes from the reader index need not be looked at again. */
    public void scanned(int bytes) {
        scanned = bytes;
    }

    /** Whether the peer has closed its sending side, so that what is there is all there will be. */
    public boolean eof() {
        return eof;
    }

    void atEof() {
        eof = true;
    }

    void startFrame() {
        scanned = 0;
        needed = 0;
    }

    int before() {
        return before;
    }

    int length() {
        return length;
    }

    int after() {
        return after;
    }

    int needed() {
        return needed;
    }
}
