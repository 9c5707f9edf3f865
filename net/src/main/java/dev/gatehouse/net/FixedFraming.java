package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.inRange;

import io.netty.buffer.ByteBuf;

/** Messages of one known size, with nothing around them. */
final class FixedFraming implements Framing {
    private final int frameBytes;

    FixedFraming(int frameBytes) {
        this.frameBytes = inRange("frameBytes", frameBytes, 1, Integer.MAX_VALUE);
    }

    @Override
    public boolean next(ByteBuf in, Cut cut) {
        return in.readableBytes() >= frameBytes ? cut.found(0, frameBytes, 0) : cut.more(frameBytes);
    }

    @Override
    public void end(ByteBuf out, int start) {
        int length = out.writerIndex() - start;
        if (length != frameBytes) {
            throw new IllegalArgumentException("payload: " + length + " bytes (expected: " + frameBytes + ")");
        }
    }
}
