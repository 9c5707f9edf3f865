package dev.gatehouse.net;

import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.HandshakeFailure;
import dev.gatehouse.net.tls.ServerTls;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A connection's one channel handler: tells it what the channel and TLS say. On the event loop. */
final class ChannelEvents extends ChannelInboundHandlerAdapter {
    private final FramedConnection connection;
    private final SocketChannel channel;
    private boolean tls;
    private boolean awaitsProxyHeader;

    ChannelEvents(FramedConnection connection, SocketChannel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    /** Puts TLS before it: the connection is opened after the handshake. */
    void awaitHandshake(SslHandler handler) {
        tls = true;
        // The connection's own deadline holds.
        handler.setHandshakeTimeoutMillis(0);
        addBefore(handler);
    }

    /** Puts a PROXY header before it, and before TLS. */
    void awaitProxyHeader(ProxyProtocol proxies, ConnectionPlace place, Optional<ServerTls> then) {
        awaitsProxyHeader = true;
        addBefore(proxies.newHandler(new ProxiedStart(connection, this, place, then)));
    }

    /** The header is there. */
    void proxyHeaderDone(Optional<ServerTls> then) {
        awaitsProxyHeader = false;
        then.ifPresentOrElse(server -> awaitHandshake(server.newHandler(channel.alloc())), connection::open);
    }

    private void addBefore(ChannelHandler handler) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore(pipeline.context(this).name(), null, handler);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connection.active();
        if (!tls && !awaitsProxyHeader) {
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
                broken(handshake.cause());
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection.writabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broken(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.inactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        connection.removed();
    }

    private void broken(Throwable cause) {
        CloseReason reason = reasonOf(cause);
        connection.broken(reason, sentence(reason, cause), cause);
    }

    private String sentence(CloseReason reason, Throwable cause) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler != null && (reason == CloseReason.TLS_ERROR || reason == CloseReason.HANDSHAKE_TIMEOUT)) {
            return handler.engine().getUseClientMode()
                    ? HandshakeFailure.seenByClient(cause)
                    : HandshakeFailure.seenByServer(cause);
        }
        return Objects.requireNonNullElse(cause.getMessage(), reason.sentence());
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
