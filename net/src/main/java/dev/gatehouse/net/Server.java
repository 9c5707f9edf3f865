package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.inRange;

import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.ServerTls;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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
    /** How long {@link #close()} and {@link #serveUntilSignal} let handlers finish. */
    Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    /** A server that will listen on {@code address}: {@code HOST:PORT}, port 0 for a free one. */
    static Builder builder(String address, Framing framing) {
        return builder(framing).listen(Listener.on(address));
    }

    /** A server that will listen where {@link Builder#listen} says. */
    static Builder builder(Framing framing) {
        return new Builder(framing);
    }

    /** Where it listens, with the real port; the first address, if there are several. */
    InetSocketAddress localAddress();

    /** Where it listens, with the real ports, in the order of the settings. */
    List<InetSocketAddress> localAddresses();

    /** How many connections are open. */
    int connections();

    /** Calls {@code action} for each open connection, on the caller's thread; those that come or end meanwhile may be missed. */
    void forEach(Consumer<Connection> action);

    /** The peers of all open connections. */
    List<InetSocketAddress> remoteAddresses();

    /**
     * Closes, in order, the connection from this address.
     *
     * @return whether there was one
     */
    boolean close(InetSocketAddress remoteAddress);

    /** The object that {@link Builder#attachment} gave, if it is a {@code T}. */
    <T> Optional<T> attachment(Class<T> type);

    /** What the server has done since its start. */
    ServerStatistics statistics();

    /** Stops accepting; connections go on. */
    void stopAccepting();

    /**
     * Stops accepting, tells every handler ({@link ConnectionHandler#stopping}), waits until the connections have ended, at
     * most {@code grace}, and then breaks the ones that are left. On an event loop it doesn't wait, nor break any.
     *
     * @return whether all connections ended by themselves
     */
    boolean stop(Duration grace);

    /** Stops with {@link #DEFAULT_GRACE}. */
    @Override
    default void close() {
        stop(DEFAULT_GRACE);
    }

    /** Completes when the server has stopped; with an {@link AcceptException} if it gave up by itself. */
    CompletableFuture<Void> ended();

    /**
     * Serves until TERM, INT or HUP asks the process to stop ({@link Signals}), then stops with {@link #DEFAULT_GRACE}. A second signal
     * ends the process at once.
     *
     * @param ready runs once signals are heeded: here a program says where it listens, for whoever waits for that to stop it again
     * @return whether all connections ended by themselves
     * @throws AcceptException if the server gave up ({@link Builder#acceptFailuresMax})
     */
    boolean serveUntilSignal(Runnable ready) throws InterruptedException;

    /** Settings of a {@link Server}. */
    final class Builder extends EndpointBuilder<Builder> {
        final List<Listener> listeners = new ArrayList<>();
        int connectionsMax = 100_000;
        int connectionsPerAddressMax;
        int acceptFailuresMax;
        int backlog = 4096;
        Runnable onStopped = () -> {};

        private Builder(Framing framing) {
            super(framing);
        }

        /** Another address to listen on, {@code HOST:PORT}, for plain TCP. */
        public Builder listen(String address) {
            return listen(Listener.on(address));
        }

        /** Another address to listen on, with the same handlers and limits. */
        public Builder listen(Listener listener) {
            listeners.add(listener);
            return this;
        }

        /** TLS under the framing, on every listener named so far. */
        public Builder tls(ServerTls tls) {
            listeners.replaceAll(listener -> listener.withTls(tls));
            return this;
        }

        /** TLS under the framing as the context of Netty's says, on every listener named so far. */
        public Builder tls(SslContext tls) {
            return tls(ServerTls.of(tls));
        }

        /** Proxies that say who their clients are, before every listener named so far. */
        public Builder proxyProtocol(ProxyProtocol proxies) {
            listeners.replaceAll(listener -> listener.withProxyProtocol(proxies));
            return this;
        }

        /** Connections beyond so many (1 or more, by default 100,000) are closed at once, and counted as refused. */
        public Builder connectionsMax(int connectionsMax) {
            this.connectionsMax = inRange("connectionsMax", connectionsMax, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Connections beyond so many from one IPv4 address, or one IPv6 network of 64 bits, are closed at once, and counted as
         * refused; 0, the default, for no limit. Behind a proxy that is trusted it is the client's address that counts; such a
         * connection counts as opened too, and not as refused.
         */
        public Builder connectionsPerAddressMax(int connectionsPerAddressMax) {
            this.connectionsPerAddressMax =
                    inRange("connectionsPerAddressMax", connectionsPerAddressMax, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * After so many failures to accept in all, the server gives up and stops ({@link Server#ended}); 0, the default, for never. After
         * each failure, accepting pauses for 10 ms to 1 s.
         */
        public Builder acceptFailuresMax(int acceptFailuresMax) {
            this.acceptFailuresMax = inRange("acceptFailuresMax", acceptFailuresMax, 0, Integer.MAX_VALUE);
            return this;
        }

        /** How many connections the kernel may hold that aren't accepted yet (1..65535, by default 4096). */
        public Builder backlog(int backlog) {
            this.backlog = inRange("backlog", backlog, 1, 65_535);
            return this;
        }

        /** Runs once, when the server has stopped and all its connections have ended, on the thread that stopped it. */
        public Builder onStopped(Runnable onStopped) {
            this.onStopped = onStopped;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Starts listening; returns once it does.
         *
         * @throws ListenException if it can't: the port is in use, the address isn't ours, no permission
         */
        public Server start() {
            if (listeners.isEmpty()) {
                throw new IllegalStateException("listen: nowhere (expected: at least one address)");
            }
            return ListeningServer.start(this);
        }
    }
}
