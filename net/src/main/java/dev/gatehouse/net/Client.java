package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.positive;

import dev.gatehouse.net.tls.ClientTls;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Opens connections for framed TCP; one client may open any number. Any thread. */
public final class Client implements AutoCloseable {
    /** How long {@link #close()} lets handlers finish. */
    public static final Duration DEFAULT_GRACE = Server.DEFAULT_GRACE;

    private final Builder settings;
    private final EventLoops eventLoops;
    private final Endpoint endpoint;

    private Client(Builder settings) {
        this.settings = settings;
        eventLoops = settings.eventLoops.orElseGet(
                () -> EventLoops.builder().threads(1).name("gatehouse-client").build());
        endpoint = new Endpoint(settings, eventLoops);
    }

    /** A client whose connections have this framing. */
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
        return new ConnectAttempt(endpoint, eventLoops, settings, address).start();
    }

    /**
     * Connects to the first of several addresses that answers, in their order; each host name is looked up anew.
     *
     * @return as {@link #connect(String)}, with the failure of the last address
     */
    public CompletableFuture<Connection> connect(List<String> addresses) {
        return new AddressList(addresses).connect(this::connect);
    }

    /**
     * Connects to the first of these addresses that answers, and again whenever the connection ends, until it is closed. Returns
     * at once.
     */
    public KeptConnection keepConnected(List<String> addresses, ConnectionEvents events) {
        KeptConnection kept = new KeptConnection(
                this,
                new AddressList(addresses),
                settings.backoff,
                events,
                eventLoops.group().next());
        kept.connect();
        return kept;
    }

    /** How many connections are open. */
    public int connections() {
        return endpoint.connections().size();
    }

    /**
     * Tells every handler to stop ({@link ConnectionHandler#stopping}), waits until the connections have ended, at most {@code grace},
     * and breaks the ones that are left; then stops the client's own event loops. On an event loop it doesn't wait, nor break any.
     *
     * @return whether all connections ended by themselves
     */
    public boolean stop(Duration grace) {
        boolean all = endpoint.stop(grace);
        if (settings.eventLoops.isEmpty()) {
            eventLoops.close();
        }
        return all;
    }

    /** Stops with {@link #DEFAULT_GRACE}. */
    @Override
    public void close() {
        stop(DEFAULT_GRACE);
    }

    CompletableFuture<Connection> connect(AddressList addresses) {
        return addresses.connect(this::connect);
    }

    /** Settings of a {@link Client}. */
    public static final class Builder extends EndpointBuilder<Builder> {
        Optional<ClientTls> tls = Optional.empty();
        Optional<InetSocketAddress> localAddress = Optional.empty();
        Duration connectTimeout = Duration.ofSeconds(5);
        private Backoff backoff = Backoff.defaults();

        private Builder(Framing framing) {
            super(framing);
        }

        /** TLS under the framing. */
        public Builder tls(ClientTls tls) {
            this.tls = Optional.of(tls);
            return this;
        }

        /** TLS under the framing as the context of Netty's says. */
        public Builder tls(SslContext tls) {
            return tls(ClientTls.of(tls));
        }

        /** How long a connect may take, without the TLS handshake; by default 5 s. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = positive("connectTimeout", connectTimeout);
            return this;
        }

        /** Where connections come from, {@code HOST:PORT}, port 0 for a free one; by default the system decides. */
        public Builder localAddress(String localAddress) {
            this.localAddress = Optional.of(Address.parse(localAddress));
            return this;
        }

        /** How long to wait before {@link Client#keepConnected} connects again; by default {@link Backoff#defaults}. */
        public Builder backoff(Backoff backoff) {
            this.backoff = backoff;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        public Client build() {
            return new Client(this);
        }
    }
}
