package dev.gatehouse.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.util.List;

/** Sends a newline after each frame, as {@code LengthFieldPrepender} sends a length before it. */
final class NewlineAppender extends MessageToMessageEncoder<ByteBuf> {
    private static final ByteBuf NEWLINE =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(1).writeByte('\n').asReadOnly());

    NewlineAppender() {
        super(ByteBuf.class);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, ByteBuf frame, List<Object> out) {
        out.add(frame.retain());
        out.add(NEWLINE.duplicate());
    }
}
