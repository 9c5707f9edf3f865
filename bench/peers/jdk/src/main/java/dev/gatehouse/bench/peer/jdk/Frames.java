package dev.gatehouse.bench.peer.jdk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The two framings, over a buffer's bytes. */
enum Frames {
    /** A u16 length, then so many bytes. */
    LENGTH(2, 0) {
        @Override
        int end(ByteBuffer in, int from, int to) {
            if (to - from < 2) {
                return -1;
            }
            int end = from + 2 + Short.toUnsignedInt(in.getShort(from));
            return end <= to ? end : -1;
        }

        @Override
        void write(byte[] payload, ByteArrayOutputStream out) {
            out.write(payload.length >> 8);
            out.write(payload.length);
            out.writeBytes(payload);
        }
    },
    /** Bytes, then a newline. */
    LINES(0, 1) {
        @Override
        int end(ByteBuffer in, int from, int to) {
            int at = from;
            // Eight bytes at once: a zero byte in word ^ newlines has its high bit set here (Hacker's Delight, 6-1).
            for (; at + Long.BYTES <= to; at += Long.BYTES) {
                long word = in.getLong(at) ^ NEWLINES;
                long found = (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
                if (found != 0) {
                    break;
                }
            }
            for (; at < to; at++) {
                if (in.get(at) == '\n') {
                    return at + 1;
                }
            }
            return -1;
        }

        @Override
        void write(byte[] payload, ByteArrayOutputStream out) {
            out.writeBytes(payload);
            out.write('\n');
        }
    };

    private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;

    private final int before;
    private final int after;

    Frames(int before, int after) {
        this.before = before;
        this.after = after;
    }

    /** Where the frame that begins at {@code from} ends, or -1 if it isn't whole. */
    abstract int end(ByteBuffer in, int from, int to);

    /** Writes a frame. */
    abstract void write(byte[] payload, ByteArrayOutputStream out);

    /** The payload of the frame between two indices. */
    byte[] payload(ByteBuffer in, int from, int end) {
        byte[] payload = new byte[end - from - before - after];
        in.get(from + before, payload);
        return payload;
    }
}
