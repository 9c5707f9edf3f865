package dev.gatehouse.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One connect of a {@link Client}, up to the moment when the connection is open. On the connection's event loop. */
final class ConnectAttempt extends ChannelInitializer<SocketChannel> {
    private final Endpoint endpoint;
    private final EventLoops eventLoops;
    private final Client.Builder settings;
    private final InetSocketAddress address;
    private final CompletableFuture<Connection> result = new CompletableFuture<>();
    private @Nullable FramedConnection connection;

    ConnectAttempt(Endpoint endpoint, EventLoops eventLoops, Client.Builder settings, InetSocketAddress address) {
        this.endpoint = endpoint;
        this.eventLoops = eventLoops;
        this.settings = settings;
        this.address = address;
    }

    /** Begins to connect; any thread. */
    @SuppressWarnings("unchecked")
    CompletableFuture<Connection> start() {
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoops.group())
                .channel(eventLoops.transport().socketChannel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout.toMillis()))
                .handler(this);
        endpoint.channelOptions().forEach((option, value) -> bootstrap.option((ChannelOption<Object>) option, value));
        if (settings.options.receiveBufferBytes() > 0) {
            bootstrap.option(ChannelOption.SO_RCVBUF, settings.options.receiveBufferBytes());
        }
        settings.localAddress.ifPresent(local -> bootstrap.option(ChannelOption.SO_REUSEADDR, true));
        ChannelFuture connecting = settings.localAddress
                .map(local -> bootstrap.connect(address, local))
                .orElseGet(() -> bootstrap.connect(address));
        connecting.addListener(f -> connected(connecting.channel(), f.cause()));
        return result;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        connection = endpoint.connection(channel, address, () -> {});
        ChannelEvents events = new ChannelEvents(connection, channel);
        channel.pipeline().addLast(events);
        settings.tls.ifPresent(tls ->
                events.awaitHandshake(tls.newHandler(channel.alloc(), address.getHostString(), address.getPort())));
    }

    private void connected(Channel channel, @Nullable Throwable failure) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (failure != null || tls == null) {
            complete(channel, failure);
        } else {
            tls.handshakeFuture().addListener(f -> complete(channel, f.cause()));
        }
    }

    private void complete(Channel channel, @Nullable Throwable failure) {
        FramedConnection made = connection;
        if (failure != null || made == null) {
            result.completeExceptionally(
                    new ConnectException(address, Objects.requireNonNullElseGet(failure, IllegalStateException::new)));
        } else {
            // In a task of its own: Netty's futures complete just before the connection is opened.
            channel.eventLoop().execute(() -> result.complete(made));
        }
    }
}
