package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.inRange;

import io.netty.buffer.ByteBuf;

/**
 * Messages that end with one byte.
 *
 * <pre>
 *   | payload (0..max bytes, without the delimiter) | delimiter |
 * </pre>
 *
 * <p>As lines, a {@code \r} before the delimiter is dropped too.
 */
final class DelimiterFraming implements Framing {
    private final byte delimiter;
    private final boolean dropsReturn;
    private final int frameBytesMax;

    DelimiterFraming(byte delimiter, boolean dropsReturn, int frameBytesMax) {
        this.delimiter = delimiter;
        this.dropsReturn = dropsReturn;
        this.frameBytesMax = inRange("frameBytesMax", frameBytesMax, 1, Integer.MAX_VALUE - 2);
    }

    @Override
    public boolean next(ByteBuf in, Cut cut) {
        int start = in.readerIndex();
        int found = ByteSearch.indexOf(in, start + cut.scanned(), in.writerIndex(), delimiter);
        int length = (found < 0 ? in.writerIndex() : found) - start;
        int payload = endsWithReturn(in, start, length) ? length - 1 : length;
        if (payload > frameBytesMax) {
            throw FramingException.tooLarge(payload, frameBytesMax);
        }
        if (found < 0) {
            cut.scanned(length);
            return cut.more(length + 1);
        }
        return cut.found(0, payload, length - payload + 1);
    }

    private boolean endsWithReturn(ByteBuf in, int start, int length) {
        return dropsReturn && length > 0 && in.getByte(start + length - 1) == '\r';
    }

    @Override
    public void end(ByteBuf out, int start) {
        int length = out.writerIndex() - start;
        if (length > frameBytesMax) {
            throw new IllegalArgumentException("payload: " + length + " bytes (expected: 0.." + frameBytesMax + ")");
        }
        if (ByteSearch.indexOf(out, start, out.writerIndex(), delimiter) >= 0) {
            throw new IllegalArgumentException("payload: contains the delimiter (expected: none)");
        }
        out.writeByte(delimiter);
    }
}
