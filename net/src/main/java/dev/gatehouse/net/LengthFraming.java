package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.inRange;

import io.netty.buffer.ByteBuf;

/**
 * Messages behind their length.
 *
 * <pre>
 *   | length (1..4 bytes, unsigned, big-endian; counts the payload alone) | payload |
 * </pre>
 */
final class LengthFraming implements Framing {
    private final int lengthBytes;
    private final int frameBytesMax;

    LengthFraming(int lengthBytes, int frameBytesMax) {
        this.lengthBytes = inRange("lengthBytes", lengthBytes, 1, 4);
        int formatMax = lengthBytes == 4 ? Integer.MAX_VALUE - 4 : (1 << (8 * lengthBytes)) - 1;
        this.frameBytesMax = inRange("frameBytesMax", frameBytesMax, 0, formatMax);
    }

    @Override
    public boolean next(ByteBuf in, Cut cut) {
        int readable = in.readableBytes();
        if (readable < lengthBytes) {
            return cut.more(lengthBytes);
        }
        long length = length(in, in.readerIndex());
        if (length > frameBytesMax) {
            throw FramingException.tooLarge(length, frameBytesMax);
        }
        int total = lengthBytes + (int) length;
        return readable >= total ? cut.found(lengthBytes, (int) length, 0) : cut.more(total);
    }

    private long length(ByteBuf in, int index) {
        return switch (lengthBytes) {
            case 1 -> in.getUnsignedByte(index);
            case 2 -> in.getUnsignedShort(index);
            case 3 -> in.getUnsignedMedium(index);
            default -> in.getUnsignedInt(index);
        };
    }

    @Override
    public void begin(ByteBuf out) {
        out.writeZero(lengthBytes);
    }

    @Override
    public void end(ByteBuf out, int start) {
        int length = out.writerIndex() - start - lengthBytes;
        if (length > frameBytesMax) {
            throw new IllegalArgumentException("payload: " + length + " bytes (expected: 0.." + frameBytesMax + ")");
        }
        switch (lengthBytes) {
            case 1 -> out.setByte(start, length);
            case 2 -> out.setShort(start, length);
            case 3 -> out.setMedium(start, length);
            default -> out.setInt(start, length);
        }
    }
}
