package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.inRange;

import io.netty.buffer.ByteBuf;

/**
 * Messages with a type (PROTOCOLS.md, sections 1 and 3). The header belongs to the payload.
 *
 * <pre>
 *   0      4       8        12
 *   | type | other | length | body (length bytes) |     each field u32, big-endian
 * </pre>
 */
final class TypedFraming implements Framing {
    private static final int HEADER_BYTES = 12;
    private static final int LENGTH_OFFSET = 8;

    private final int bodyBytesMax;

    TypedFraming(int bodyBytesMax) {
        this.bodyBytesMax = inRange("bodyBytesMax", bodyBytesMax, 0, Integer.MAX_VALUE - HEADER_BYTES);
    }

    @Override
    public boolean next(ByteBuf in, Cut cut) {
        int readable = in.readableBytes();
        if (readable < HEADER_BYTES) {
            return cut.more(HEADER_BYTES);
        }
        long length = in.getUnsignedInt(in.readerIndex() + LENGTH_OFFSET);
        if (length > bodyBytesMax) {
            throw FramingException.tooLarge(length, bodyBytesMax);
        }
        int total = HEADER_BYTES + (int) length;
        return readable >= total ? cut.found(0, total, 0) : cut.more(total);
    }

    @Override
    public void end(ByteBuf out, int start) {
        int length = out.writerIndex() - start - HEADER_BYTES;
        if (length < 0 || length > bodyBytesMax) {
            throw new IllegalArgumentException(
                    "payload: a body of " + length + " bytes behind the header (expected: 0.." + bodyBytesMax + ")");
        }
        out.setInt(start + LENGTH_OFFSET, length);
    }
}
