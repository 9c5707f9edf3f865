package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.positive;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

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
     * @return the connection once it is there (with TLS, the handshake may still be under way), or a
     *     {@link ConnectException}
     */
    public CompletableFuture<Connection> connect(String address) {
        return connect(Address.parse(address));
    }

    /** As {@link #connect(String)}. */
    public CompletableFuture<Connection> connect(InetSocketAddress address) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        ChannelFuture connecting = bootstrap(address).connect(address);
        connecting.addListener(f -> {
            Throwable cause = f.cause();
            if (cause != null) {
                result.completeExceptionally(new ConnectException(address, cause));
            } else {
                result.complete(connecting.channel().pipeline().get(FramedConnection.class));
            }
        });
        return result;
    }

    /** Stops the client's own event loops; connections on shared ones are closed by their users. */
    @Override
    public void close() {
        if (settings.eventLoops.isEmpty()) {
            eventLoops.close();
        }
    }

    private Bootstrap bootstrap(InetSocketAddress address) {
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
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connected(channel, address);
                    }
                });
        if (options.receiveBufferBytes() > 0) {
            bootstrap.option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (options.sendBufferBytes() > 0) {
            bootstrap.option(ChannelOption.SO_SNDBUF, options.sendBufferBytes());
        }
        return bootstrap;
    }

    private void connected(SocketChannel channel, InetSocketAddress address) {
        Loop loop = eventLoops.of(channel.eventLoop());
        settings.tls.ifPresent(tls -> channel.pipeline()
                .addLast(tls.newHandler(channel.alloc(), address.getHostString(), address.getPort())));
        channel.pipeline()
                .addLast(new FramedConnection(
                        channel,
                        address,
                        loop,
                        traffic[loop.index()],
                        settings.options,
                        settings.framing,
                        settings.handlers));
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

        /** How long a connect may take; by default 5 s. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = positive("connectTimeout", connectTimeout);
            return this;
        }

        public Client build() {
            return new Client(this);
        }
    }
}
