package dev.gatehouse.load;

import java.nio.ByteBuffer;

/** Echo of lines. A server may end its lines with {@code \r\n} too. */
final class LinesDialogue implements Dialogue {
    private static final long FEEDS = 0x0A0A_0A0A_0A0A_0A0AL;
    private static final long LOWEST = 0x0101_0101_0101_0101L;
    private static final long HIGHEST = 0x8080_8080_8080_8080L;

    private final PayloadPattern pattern;
    private final int clientDigits;

    LinesDialogue(PayloadPattern pattern, int clientDigits) {
        this.pattern = pattern;
        this.clientDigits = clientDigits;
    }

    @Override
    public int requestBytes() {
        return pattern.bytes() + 1;
    }

    @Override
    public void request(ByteBuffer out, long sequence) {
        pattern.write(out, clientDigits, sequence);
        out.put((byte) '\n');
    }

    @Override
    public void receive(ByteBuffer in, ByteBuffer out, Listener listener) throws EndException {
        int start = in.position();
        for (int feed = feed(in, start); feed >= 0; feed = feed(in, start)) {
            int end = feed > start && in.get(feed - 1) == '\r' ? feed - 1 : feed;
            listener.answer(in, start, end - start);
            start = feed + 1;
            in.position(start);
        }
        if (in.remaining() > pattern.bytes() + 2 && in.remaining() > in.capacity() / 2) {
            throw new EndException("a line that is longer than any message");
        }
    }

    /** Where the next line feed stands, or -1. Eight bytes a look: a byte that is one becomes 0, and borrows (Hacker's Delight, 6-1). */
    private static int feed(ByteBuffer in, int from) {
        int at = from;
        for (; at <= in.limit() - Long.BYTES; at += Long.BYTES) {
            long zeroes = in.getLong(at) ^ FEEDS;
            if (((zeroes - LOWEST) & ~zeroes & HIGHEST) != 0) {
                break;
            }
        }
        for (; at < in.limit(); at++) {
            if (in.get(at) == '\n') {
                return at;
            }
        }
        return -1;
    }
}
