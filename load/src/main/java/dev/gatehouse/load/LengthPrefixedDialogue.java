package dev.gatehouse.load;

import java.nio.ByteBuffer;

/** Echo of frames with a big-endian length of 1 to 4 bytes before them. */
final class LengthPrefixedDialogue implements Dialogue {
    private final PayloadPattern pattern;
    private final int clientDigits;
    private final int lengthFieldBytes;

    LengthPrefixedDialogue(PayloadPattern pattern, int clientDigits, int lengthFieldBytes) {
        this.pattern = pattern;
        this.clientDigits = clientDigits;
        this.lengthFieldBytes = lengthFieldBytes;
    }

    @Override
    public int requestBytes() {
        return lengthFieldBytes + pattern.bytes();
    }

    @Override
    public void request(ByteBuffer out, long firstSequence, int count) {
        byte[] bytes = out.array();
        int at = out.arrayOffset() + out.position();
        for (long sequence = firstSequence; sequence < firstSequence + count; sequence++) {
            for (int digit = lengthFieldBytes - 1; digit >= 0; digit--) {
                bytes[at++] = (byte) (pattern.bytes() >> (digit * Byte.SIZE));
            }
            pattern.write(bytes, at, clientDigits, sequence);
            at += pattern.bytes();
        }
        out.position(at - out.arrayOffset());
    }

    @Override
    public void receive(ByteBuffer in, ByteBuffer out, Listener listener) throws EndException {
        byte[] bytes = in.array();
        int at = in.arrayOffset() + in.position();
        int end = in.arrayOffset() + in.limit();
        int start = at + lengthFieldBytes;
        while (start <= end) {
            long length = length(bytes, at);
            if (length > bytes.length / 2) {
                throw new EndException("an answer that claims more bytes than any message has");
            }
            if (end - start < length) {
                break;
            }
            listener.answer(bytes, start, (int) length);
            at = start + (int) length;
            start = at + lengthFieldBytes;
        }
        in.position(at - in.arrayOffset());
    }

    private long length(byte[] bytes, int at) {
        long length = 0;
        for (int digit = 0; digit < lengthFieldBytes; digit++) {
            length = length << Byte.SIZE | Byte.toUnsignedLong(bytes[at + digit]);
        }
        return length;
    }
}
