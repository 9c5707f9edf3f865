package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A connection's one channel handler: tells it what the channel and TLS say. On the event loop. */
final class ChannelEvents extends ChannelInboundHandlerAdapter {
    private final FramedConnection connection;
    private boolean tls;

    ChannelEvents(FramedConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        tls = ctx.pipeline().get(SslHandler.class) != null;
        connection.active();
        if (!tls) {
            connection.open();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        connection.read((ByteBuf) read);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            // With TLS, an EOF without close_notify before it may be anybody's work.
            connection.inputClosed(!tls);
        } else if (event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
            connection.inputClosed(true);
        } else if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                connection.open();
            } else {
                connection.broken(reasonOf(handshake.cause()), handshake.cause());
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection.writabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connection.broken(reasonOf(cause), cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.inactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        connection.removed();
    }

    private static CloseReason reasonOf(Throwable cause) {
        if (cause instanceof SslHandshakeTimeoutException) {
            return CloseReason.HANDSHAKE_TIMEOUT;
        } else if (cause instanceof SSLException || cause instanceof DecoderException) {
            return CloseReason.TLS_ERROR;
        } else if (cause instanceof ClosedChannelException) {
            return CloseReason.PEER_CLOSED;
        }
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        boolean gone = Stream.of("reset", "broken pipe", "timed out", "unreachable", "no route")
                .anyMatch(text::contains);
        return cause instanceof IOException && gone ? CloseReason.PEER_RESET : CloseReason.TRANSPORT_ERROR;
    }
}
