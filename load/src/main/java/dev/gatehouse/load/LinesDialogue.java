package dev.gatehouse.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Echo of lines. A server may end its lines with {@code \r\n} too. */
final class LinesDialogue implements Dialogue {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
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
    public void request(ByteBuffer out, long firstSequence, int count) {
        byte[] bytes = out.array();
        int at = out.arrayOffset() + out.position();
        for (long sequence = firstSequence; sequence < firstSequence + count; sequence++) {
            pattern.write(bytes, at, clientDigits, sequence);
            at += pattern.bytes();
            bytes[at++] = '\n';
        }
        out.position(at - out.arrayOffset());
    }

    @Override
    public void receive(ByteBuffer in, ByteBuffer out, Listener listener) throws EndException {
        byte[] bytes = in.array();
        int start = in.arrayOffset() + in.position();
        int end = in.arrayOffset() + in.limit();
        for (int feed = feed(bytes, start, end); feed >= 0; feed = feed(bytes, start, end)) {
            boolean both = feed > start && bytes[feed - 1] == '\r';
            listener.answer(bytes, start, feed - start - (both ? 1 : 0));
            start = feed + 1;
        }
        in.position(start - in.arrayOffset());
        if (in.remaining() > bytes.length / 2) {
            throw new EndException("a line that is longer than any message");
        }
    }

    /** Where the next line feed stands, or -1. Eight bytes a look: a byte that is one becomes 0, and borrows (Hacker's Delight, 6-1). */
    private static int feed(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long zeroes = (long) LONG.get(bytes, at) ^ FEEDS;
            if (((zeroes - LOWEST) & ~zeroes & HIGHEST) != 0) {
                break;
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
