package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.inRange;

import io.netty.buffer.ByteBuf;

/** One message a connection: all bytes until the peer closes its sending side; none at all are an empty message. */
final class UntilEofFraming implements Framing {
    private final int frameBytesMax;

    UntilEofFraming(int frameBytesMax) {
        this.frameBytesMax = inRange("frameBytesMax", frameBytesMax, 1, Integer.MAX_VALUE);
    }

    @Override
    public boolean next(ByteBuf in, Cut cut) {
        int length = in.readableBytes();
        if (length > frameBytesMax) {
            throw FramingException.tooLarge(length, frameBytesMax);
        }
        return cut.eof() ? cut.found(0, length, 0) : cut.more(length + 1);
    }
}
