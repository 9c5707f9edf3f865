package kv;

import dev.gatehouse.net.Cut;
import dev.gatehouse.net.Framing;
import io.netty.buffer.ByteBuf;

/**
 * Requests of the Redis protocol, each with everything that {@link RequestSyntax} says belongs to it; on the way out, replies as they
 * are. Bytes that are no request are delivered up to where that shows, so that the handler can say to the client what is wrong.
 */
final class RedisFraming implements Framing {
    private final RequestLimits limits;
    private final RequestSyntax syntax;

    RedisFraming(RequestLimits limits) {
        this.limits = limits;
        syntax = new RequestSyntax(limits);
    }

    @Override
    public boolean next(ByteBuf in, Cut cut) {
        int length;
        try {
            length = syntax.scan(in, cut.scanned(), (index, bytes) -> {});
        } catch (ProtocolException e) {
            length = e.bytes();
        }
        if (length < 0) {
            cut.scanned(in.readableBytes());
            return cut.more(-length);
        }
        return cut.found(0, length, 0);
    }

    @Override
    public void end(ByteBuf out, int start) {
        int length = out.writerIndex() - start;
        if (length > limits.requestBytesMax()) {
            throw new IllegalArgumentException(
                    "payload: " + length + " bytes (expected: 0.." + limits.requestBytesMax() + ")");
        }
    }
}
