package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.inRange;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A server for framed TCP. Any thread.
 *
 * <pre>{@code
 * Server server = Server.builder("127.0.0.1:6379", Framing.delimited((byte) '\n', 65536))
 *         .handler((connection, message) -> connection.send(message))
 *         .start();
 * }</pre>
 */
public interface Server extends AutoCloseable {
    /** How long {@link #close()} lets handlers finish. */
    Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    /** A server that will listen on {@code address}: {@code HOST:PORT}, port 0 for a free one. */
    static Builder builder(String address, Framing framing) {
        return new Builder(Address.parse(address), framing);
    }

    /** Where it listens, with the real port. */
    InetSocketAddress localAddress();

    /** How many connections are open. */
    int connections();

    ServerStatistics statistics();

    /** Stops accepting; connections go on. */
    void stopAccepting();

    /**
     * Stops accepting, tells every handler ({@link ConnectionHandler#stopping}), waits until the connections have ended, at
     * most {@code grace}, and then breaks the ones that are left. Not on an event loop.
     *
     * @return whether all connections ended by themselves
     */
    boolean stop(Duration grace);

    /** Stops with {@link #DEFAULT_GRACE}. */
    @Override
    default void close() {
        stop(DEFAULT_GRACE);
    }

    /** Settings of a {@link Server}. */
    final class Builder {
        final InetSocketAddress address;
        final Framing framing;
        ConnectionOptions options = ConnectionOptions.defaults();
        Function<Connection, ConnectionHandler> handlers = connection -> (c, message) -> {};
        Optional<EventLoops> eventLoops = Optional.empty();
        Optional<SslContext> tls = Optional.empty();
        int connectionsMax = 100_000;
        int backlog = 4096;

        private Builder(InetSocketAddress address, Framing framing) {
            this.address = address;
            this.framing = framing;
        }

        /** One handler for all connections. */
        public Builder handler(ConnectionHandler handler) {
            return handlers(connection -> handler);
        }

        /** A handler for each connection, made on its event loop before it is opened. */
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

        /** Threads that are shared with others, and that the server doesn't stop. By default it has its own. */
        public Builder eventLoops(EventLoops eventLoops) {
            this.eventLoops = Optional.of(eventLoops);
            return this;
        }

        /** TLS under the framing. */
        public Builder tls(SslContext tls) {
            this.tls = Optional.of(tls);
            return this;
        }

        /** Connections beyond so many (1 or more, by default 100,000) are closed at once, and counted as refused. */
        public Builder connectionsMax(int connectionsMax) {
            this.connectionsMax = inRange("connectionsMax", connectionsMax, 1, Integer.MAX_VALUE);
            return this;
        }

        /** How many connections the kernel may hold that aren't accepted yet (1..65535, by default 4096). */
        public Builder backlog(int backlog) {
            this.backlog = inRange("backlog", backlog, 1, 65_535);
            return this;
        }

        /**
         * Starts listening; returns once it does.
         *
         * @throws ListenException if it can't: the port is in use, the address isn't ours, no permission
         */
        public Server start() {
            return ListeningServer.start(this);
        }
    }
}
