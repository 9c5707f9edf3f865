package dev.gatehouse.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of a listener to accept, as when no file descriptors are left. Netty, in front of it, has then stopped
 * accepting for a second, so that one line a second is the most. On the listener's event loop.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final InetSocketAddress address;

    AcceptFailures(InetSocketAddress address) {
        this.address = address;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.warn("{} can't accept, next try in 1 s: {}", Address.format(address), cause.getMessage());
    }
}
