package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.positive;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens connections for framed TCP; one client may open any number. Any thread. */
public final class Client implements AutoCloseable {
    private final Builder settings;
    private final EventLoops eventLoops;
    private final Traffic[] traffic;

    private Client(Builder settings) {
        this.settings = settings;
        eventLoops = settings.eventLoops.orElseGet(
                () -> EventLoops.builder().threads(1).name("gatehouse-client").build());
        traffic = new Traffic[eventLoops.size()];
        for (int i = 0; i < traffic.length; i++) {
            traffic[i] = new Traffic();
        }
    }

    public static Builder builder(Framing framing) {
        return new Builder(framing);
    }

    /**
     * Connects to {@code HOST:PORT}.
     *
     * @return the connection once it is open (with TLS, after the handshake), or a {@link ConnectException}; completes on the
     *     connection's event loop
     */
    public CompletableFuture<Connection> connect(String address) {
        return connect(Address.parse(address));
    }

    /** As {@link #connect(String)}. */
    public CompletableFuture<Connection> connect(InetSocketAddress address) {
        Attempt attempt = new Attempt(address);
        ChannelFuture connecting = bootstrap(attempt).connect(address);
        connecting.addListener(f -> attempt.connected(connecting.channel(), f.cause()));
        return attempt.result;
    }

    /** Stops the client's own event loops, and breaks the connections on them; those on shared ones are left alone. */
    @Override
    public void close() {
        if (settings.eventLoops.isEmpty()) {
            eventLoops.close();
        }
    }

    private Bootstrap bootstrap(Attempt attempt) {
        ConnectionOptions options = settings.options;
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoops.group())
                .channel(eventLoops.transport().socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout.toMillis()))
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(options.lowWatermarkBytes(), options.highWatermarkBytes()))
                .handler(attempt);
        if (options.receiveBufferBytes() > 0) {
            bootstrap.option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (options.sendBufferBytes() > 0) {
            bootstrap.option(ChannelOption.SO_SNDBUF, options.sendBufferBytes());
        }
        return bootstrap;
    }

    /** One connect, up to the moment when the connection is open. */
    private final class Attempt extends ChannelInitializer<SocketChannel> {
        private final InetSocketAddress address;
        private final CompletableFuture<Connection> result = new CompletableFuture<>();
        private @Nullable FramedConnection connection;

        private Attempt(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            Loop loop = eventLoops.of(channel.eventLoop());
            settings.tls.ifPresent(tls -> channel.pipeline().addLast(handler(tls, channel)));
            FramedConnection made = new FramedConnection(
                    channel,
                    address,
                    loop,
                    traffic[loop.index()],
                    settings.options,
                    settings.framing,
                    settings.handlers);
            connection = made;
            channel.pipeline().addLast(new ChannelEvents(made));
        }

        private SslHandler handler(SslContext tls, SocketChannel channel) {
            SslHandler handler = tls.newHandler(channel.alloc(), address.getHostString(), address.getPort());
            handler.setHandshakeTimeoutMillis(settings.connectTimeout.toMillis());
            return handler;
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
                result.completeExceptionally(new ConnectException(
                        address, Objects.requireNonNullElseGet(failure, IllegalStateException::new)));
            } else {
                // In a task of its own: Netty's futures complete just before the connection is opened.
                channel.eventLoop().execute(() -> result.complete(made));
            }
        }
    }

    /** Settings of a {@link Client}. */
    public static final class Builder {
        private final Framing framing;
        private ConnectionOptions options = ConnectionOptions.defaults();
        private Function<Connection, ConnectionHandler> handlers = connection -> (c, message) -> {};
        private Optional<EventLoops> eventLoops = Optional.empty();
        private Optional<SslContext> tls = Optional.empty();
        private Duration connectTimeout = Duration.ofSeconds(5);

        private Builder(Framing framing) {
            this.framing = framing;
        }

        /** One handler for all connections; without one, what comes is dropped. */
        public Builder handler(ConnectionHandler handler) {
            return handlers(connection -> handler);
        }

        /** A handler for each connection. */
        public Builder handlers(Function<Connection, ConnectionHandler> handlers) {
            this.handlers = handlers;
            return this;
        }

        /** Sequential code on a virtual thread for each connection, which may block. */
        public Builder blockingHandler(BlockingHandler handler) {
            return handlers(connection -> new VirtualThreadDispatcher(connection, handler));
        }

        public Builder options(ConnectionOptions options) {
            this.options = options;
            return this;
        }

        /** Threads that are shared with others, and that the client doesn't stop. By default it has one of its own. */
        public Builder eventLoops(EventLoops eventLoops) {
            this.eventLoops = Optional.of(eventLoops);
            return this;
        }

        /** TLS under the framing; the context decides whom to trust. */
        public Builder tls(SslContext tls) {
            this.tls = Optional.of(tls);
            return this;
        }

        /** How long a connect may take, and then the TLS handshake; by default 5 s. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = positive("connectTimeout", connectTimeout);
            return this;
        }

        public Client build() {
            return new Client(this);
        }
    }
}
