package dev.gatehouse.net.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Stands behind Netty's decoder of PROXY headers, and tells the listener what comes of it. On the event loop. */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {
    private final ProxyHeaderListener listener;
    private final ProxyHeaderDecoder decoder;
    private boolean done;

    ProxyHeaderHandler(ProxyHeaderListener listener, int tlvBytesMax) {
        this.listener = listener;
        decoder = new ProxyHeaderDecoder(tlvBytesMax);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), null, decoder);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        try {
            if (!done && read instanceof HAProxyMessage header) {
                done = true;
                listener.header(source(header));
                // Before the decoder, which then leaves too, passes on what it has read beyond the header.
                ctx.pipeline().remove(this);
            }
        } finally {
            ReferenceCountUtil.release(read);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            fail("no PROXY header, or one that makes no sense");
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && decoder.begun()) {
            fail("a PROXY header that is not complete");
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (decoder.begun()) {
            fail("a PROXY header that is not complete");
        }
        ctx.fireChannelInactive();
    }

    private void fail(String why) {
        if (!done) {
            done = true;
            listener.noHeader(why);
        }
    }

    /** Whom the proxy speaks for. */
    private static Optional<InetSocketAddress> source(HAProxyMessage header) {
        AddressFamily family = header.proxiedProtocol().addressFamily();
        if (family != AddressFamily.AF_IPv4 && family != AddressFamily.AF_IPv6) {
            return Optional.empty();
        }
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(header.sourceAddress());
        return address == null ? Optional.empty() : Optional.of(new InetSocketAddress(address, header.sourcePort()));
    }
}
