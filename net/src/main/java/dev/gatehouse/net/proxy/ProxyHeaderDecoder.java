package dev.gatehouse.net.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;

/** Netty's decoder, which also refuses at once, not after 108 bytes only, what doesn't begin as a header. On the event loop. */
final class ProxyHeaderDecoder extends HAProxyMessageDecoder {
    /** Version 1 begins with {@code PROXY}, version 2 with CR LF. */
    private static final String FIRST_BYTES = "P\r";

    private boolean begun;

    ProxyHeaderDecoder(int tlvBytesMax) {
        super(tlvBytesMax);
    }

    /** Whether anything has come. */
    boolean begun() {
        return begun;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) throws Exception {
        if (!begun && read instanceof ByteBuf bytes && bytes.isReadable()) {
            begun = true;
            if (FIRST_BYTES.indexOf(bytes.getByte(bytes.readerIndex())) < 0) {
                bytes.release();
                throw new HAProxyProtocolException("no header");
            }
        }
        super.channelRead(ctx, read);
    }
}
