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
    public void request(ByteBuffer out, long sequence) {
        int length = pattern.bytes();
        switch (lengthFieldBytes) {
            case 1 -> out.put((byte) length);
            case 2 -> out.putShort((short) length);
            case 3 -> out.put((byte) (length >> 16)).putShort((short) length);
            default -> out.putInt(length);
        }
        pattern.write(out, clientDigits, sequence);
    }

    @Override
    public void receive(ByteBuffer in, ByteBuffer out, Listener listener) throws EndException {
        while (in.remaining() >= lengthFieldBytes) {
            int start = in.position() + lengthFieldBytes;
            long length = length(in, in.position());
            if (length > in.capacity() - lengthFieldBytes) {
                throw new EndException("an answer that claims more bytes than any message has");
            }
            if (in.limit() - start < length) {
                return;
            }
            listener.answer(in, start, (int) length);
            in.position(start + (int) length);
        }
    }

    private long length(ByteBuffer in, int at) {
        return switch (lengthFieldBytes) {
            case 1 -> Byte.toUnsignedInt(in.get(at));
            case 2 -> Short.toUnsignedInt(in.getShort(at));
            case 3 -> Byte.toUnsignedInt(in.get(at)) << 16 | Short.toUnsignedInt(in.getShort(at + 1));
            default -> Integer.toUnsignedLong(in.getInt(at));
        };
    }
}
