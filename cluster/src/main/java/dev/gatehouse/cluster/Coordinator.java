package dev.gatehouse.cluster;

import dev.gatehouse.cluster.internal.coordinator.CoordinatorOptions;
import dev.gatehouse.cluster.internal.coordinator.CoordinatorServer;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.net.Ticker;
import dev.gatehouse.net.Transport;
import dev.gatehouse.net.tls.ServerTls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Knows which nodes live, and publishes the ring of each service: PROTOCOLS.md, section 3. Nodes, watchers and operators prove themselves by a
 * shared secret. Any thread.
 *
 * <pre>{@code
 * Coordinator coordinator = Coordinator.builder("127.0.0.1:12345", ClusterSecret.of(secret))
 *         .store(FileStore.in(folder))
 *         .start();
 * }</pre>
 */
public interface Coordinator extends AutoCloseable {
    /** A coordinator that will listen on {@code address}: {@code HOST:PORT}, port 0 for a free one. */
    static Builder builder(String address, ClusterSecret secret) {
        return new Builder(address, secret);
    }

    /** Where it listens, with the real port. */
    InetSocketAddress localAddress();

    /** What it has done, and what there is. Waits for the coordinator's loop; not to be called on an event loop of others. */
    CoordinatorStatistics statistics();

    /**
     * Tells everybody that it stops, gives the store back, and with it the lead, and waits until the connections have ended, at most {@code
     * grace}. Members stay members: after a start with the same store they have time to return.
     *
     * @return whether all connections ended by themselves
     */
    boolean stop(Duration grace);

    /** Stops with a grace of 10 s. */
    @Override
    void close();

    /** Settings of a {@link Coordinator}. */
    final class Builder {
        private final String address;
        private final ClusterSecret secret;
        private Optional<String> advertise = Optional.empty();
        private CoordinatorConfig config = CoordinatorConfig.DEFAULT;
        private Store store = Store.inMemory();
        private Optional<ServerTls> tls = Optional.empty();
        private Optional<Transport> transport = Optional.empty();
        private Ticker ticker = Ticker.system();

        private Builder(String address, ClusterSecret secret) {
            this.address = address;
            this.secret = secret;
        }

        /** Where participants reach it, {@code HOST:PORT}, where that isn't where it listens: what other coordinators tell of it. */
        public Builder advertise(String advertise) {
            this.advertise = Optional.of(advertise);
            return this;
        }

        /** Limits and times; by default {@link CoordinatorConfig#DEFAULT}. */
        public Builder config(CoordinatorConfig config) {
            this.config = config;
            return this;
        }

        /** What it keeps beyond its end, and who leads; by default nothing, and it. The coordinator closes it, also where it can't start. */
        public Builder store(Store store) {
            this.store = store;
            return this;
        }

        /** TLS under the protocol. */
        public Builder tls(ServerTls tls) {
            this.tls = Optional.of(tls);
            return this;
        }

        /** How its sockets are served; by default {@link Transport#best()}. */
        public Builder transport(Transport transport) {
            this.transport = Optional.of(transport);
            return this;
        }

        /** The clock of all its rules. */
        public Builder ticker(Ticker ticker) {
            this.ticker = ticker;
            return this;
        }

        /**
         * Starts it; returns once it listens.
         *
         * @throws dev.gatehouse.net.ListenException if it can't listen
         * @throws dev.gatehouse.cluster.store.StoreException if the store can't be used
         */
        public Coordinator start() {
            return CoordinatorServer.start(
                    new CoordinatorOptions(address, advertise, config, secret, store, tls, transport, ticker));
        }
    }
}
