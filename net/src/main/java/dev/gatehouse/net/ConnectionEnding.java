package dev.gatehouse.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/**
 * How a connection's channel is closed. In order: what is queued is flushed (with TLS, close_notify behind it), our sending
 * side is shut down, and what still comes is discarded up to the peer's EOF or the close timeout; a close with unread input
 * would make the kernel send RST, and the peer would lose the last replies. On the event loop.
 */
final class ConnectionEnding {
    private final SocketChannel channel;
    private final Loop loop;
    private final Outbound outbound;
    private final ConnectionOptions options;
    private boolean inputClosed;
    private boolean outputShut;
    private long outputShutNanos;
    private long beganNanos;

    ConnectionEnding(
            SocketChannel channel, Loop loop, Outbound outbound, ConnectionOptions options, boolean inputClosed) {
        this.channel = channel;
        this.loop = loop;
        this.outbound = outbound;
        this.options = options;
        this.inputClosed = inputClosed;
    }

    /** Begins to close in order, or at once if {@code abrupt}. */
    void begin(boolean abrupt) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (abrupt || !channel.isActive() || (tls != null && !shakenHands(tls))) {
            channel.close();
            return;
        }
        beganNanos = loop.nanos();
        outbound.flush();
        if (tls == null) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(f -> shutOutput());
        } else {
            // In a task of its own: TLS may be in the middle of what it has read.
            channel.eventLoop().execute(() -> closeTls(tls));
        }
        channel.config().setAutoRead(true);
    }

    /** From close_notify on TLS reads nothing: BoringSSL would take it for an error. */
    private void closeTls(SslHandler tls) {
        if (channel.isActive()) {
            channel.pipeline().addFirst(new Discarding());
        }
        tls.closeOutbound().addListener(f -> shutOutput());
    }

    /** The peer has closed its sending side. */
    void inputClosed() {
        inputClosed = true;
        if (outputShut) {
            channel.close();
        }
    }

    /** Closes the channel if it has waited too long for the peer. */
    void sweep(long now) {
        boolean late = outputShut
                ? now - outputShutNanos >= options.closeTimeout().toNanos()
                : outbound.stalled(now, flushTimeoutNanos());
        // A peer that takes a little now and then makes progress, but must not stay for ever.
        if (late
                || now - beganNanos
                        >= flushTimeoutNanos() + options.closeTimeout().toNanos()) {
            channel.close();
        }
    }

    /** Without a deadline for writing, the last bytes still must not wait for ever. */
    private long flushTimeoutNanos() {
        return (options.writeTimeout().isZero() ? options.closeTimeout() : options.writeTimeout()).toNanos();
    }

    private void shutOutput() {
        outputShut = true;
        outputShutNanos = loop.nanos();
        if (inputClosed || !channel.isActive()) {
            channel.close();
        } else {
            channel.shutdownOutput();
        }
    }

    /** Lets nothing pass but the end. */
    private static final class Discarding extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object read) {
            ReferenceCountUtil.release(read);
        }
    }

    private static boolean shakenHands(SslHandler tls) {
        Future<?> handshake = tls.handshakeFuture();
        return handshake.isSuccess();
    }
}
