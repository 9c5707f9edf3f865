package dev.gatehouse.gateway;

import dev.gatehouse.gateway.internal.Parts;
import dev.gatehouse.gateway.internal.RunningGateway;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.Gonet2Codec;
import dev.gatehouse.ring.Registry;
import dev.gatehouse.ring.StaticRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A client gateway: takes sessions and routes their packets to services. Any thread. */
public interface Gateway extends AutoCloseable {
    /** How long {@link #close()} lets sessions end in order. */
    Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    static Builder builder(GatewayConfig config) {
        return new Builder(config);
    }

    /** Where clients connect, with the real port. */
    InetSocketAddress localAddress();

    /** Whether clients can log in: it listens, doesn't stop, and each service has a live link on every event loop. */
    boolean ready();

    /** How many clients are logged in. */
    int users();

    GatewayStatistics statistics();

    /**
     * Ends a user's session with KICKED.
     *
     * @return whether there was one
     */
    boolean kick(long user);

    /** From now on, opcodes have these names, and packets are traced or not: as {@link GatewayConfig} says it at the start. */
    void relabel(Map<Integer, String> opcodeNames, boolean trace);

    /**
     * Reads the listener's certificates now, for new connections; they are looked at by themselves too, about once a second
     * while connections come. May block.
     *
     * @throws IllegalArgumentException if they are no good; the ones before are used on
     */
    void reloadCertificates();

    /**
     * Stops: accepts nobody, reads no more, ends the attachments, sends what the services still answer, and tells each client
     * STOPPING before an orderly close; what is left at the end of the grace period is broken off. Blocks until then.
     *
     * @return whether all sessions ended by themselves
     */
    boolean stop(Duration grace);

    /** Stops with {@link #DEFAULT_GRACE}. */
    @Override
    default void close() {
        stop(DEFAULT_GRACE);
    }

    /** Settings and parts of a {@link Gateway}. */
    final class Builder {
        private final GatewayConfig config;
        private Registry registry;
        private Authenticator authenticator = Authenticator.development();
        private Inspector inspector = Inspector.NONE;
        private Optional<EventLoops> eventLoops = Optional.empty();
        private Supplier<Gonet2Codec> codecs = Gonet2.INSTANCE::gatewaySide;

        private Builder(GatewayConfig config) {
            this.config = config;
            registry = new StaticRegistry(config.services().values().stream()
                    .collect(Collectors.toMap(ServiceConfig::name, ServiceConfig::nodes)));
        }

        /** Where nodes are learned of; by default the nodes of the configuration. */
        public Builder registry(Registry registry) {
            this.registry = registry;
            return this;
        }

        /** Who is let in; by default everybody ({@link Authenticator#development()}). */
        public Builder authenticator(Authenticator authenticator) {
            this.authenticator = authenticator;
            return this;
        }

        /** Who watches the sessions; by default nobody. */
        public Builder inspector(Inspector inspector) {
            this.inspector = inspector;
            return this;
        }

        /** Threads that are shared with others, and that the gateway doesn't stop. By default it has its own. */
        public Builder eventLoops(EventLoops eventLoops) {
            this.eventLoops = Optional.of(eventLoops);
            return this;
        }

        /** What gives each session its codec: the sequence's end can't be tested by counting. */
        Builder codecs(Supplier<Gonet2Codec> codecs) {
            this.codecs = codecs;
            return this;
        }

        /**
         * Checks what {@link #start()} does, but listens nowhere: files of the configuration, and nodes.
         *
         * @throws IllegalArgumentException if something can't be used
         */
        public void check() {
            RunningGateway.check(config);
        }

        /**
         * Starts listening; returns once it does.
         *
         * @throws dev.gatehouse.net.ListenException if it can't listen
         * @throws IllegalArgumentException if a file of the configuration can't be used
         */
        public Gateway start() {
            EventLoops loops = eventLoops.orElseGet(EventLoops::create);
            return RunningGateway.start(
                    new Parts(config, registry, authenticator, inspector, loops, eventLoops.isEmpty(), codecs));
        }
    }
}
