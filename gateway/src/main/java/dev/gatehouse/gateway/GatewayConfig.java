package dev.gatehouse.gateway;

import static dev.gatehouse.gateway.Checks.inRange;
import static dev.gatehouse.gateway.Checks.notNegative;
import static dev.gatehouse.gateway.Checks.positive;

import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.TlsFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of a gateway. Durations of zero switch a deadline off where that is said.
 *
 * @param listen {@code HOST:PORT} for clients; port 0 takes a free one
 * @param tls the listener's certificate; without one clients speak plain TCP
 * @param proxyProtocol the proxies that say who their clients are, if there are any
 * @param connectionsMax client connections beyond so many are closed at once (1 or more)
 * @param packetBytesMax the longest frame of a client and of a service, counted as {@code size} counts (64..65535)
 * @param handshakeTimeout how long a TLS handshake, and a PROXY header before it, may take
 * @param loginTimeout how long a client may take to log in
 * @param idleTimeout how long a logged-in client may send nothing; zero is off
 * @param writeTimeout how long a client may take none of the bytes that wait for it
 * @param stallTimeout how long reading from a client may be paused because its service doesn't take more
 * @param attachTimeout how long a login waits for a node of each service that it needs
 * @param acceptWindow how long a node that says nothing may still refuse the gateway's token before it counts as having
 *     accepted
 * @param detachTimeout how long an attachment's end may take before it is cancelled
 * @param connectTimeout how long a link's connect to its node may take
 * @param reattachJitter how long at most a session waits, at random, before it is attached to a node that takes it over or has come
 * @param reattachAttemptsMax how often a minute a session may be attached again after its node was lost (1..1000)
 * @param ownerTimeout how long a session waits, without a node, for the one that its service's ring names or for the ring to name another
 * @param movesPerSecond how many sessions of each service move a second from nodes that are drained or are no members any more
 *     (1..1000000)
 * @param pingInterval how often a link asks its node whether it lives, and how long it waits for the answer
 * @param rateLimit packets a client may send; without one there is no limit
 * @param legacyEncryption whether clients may turn on the legacy encryption, which is not secure
 * @param linkWindowBytes bytes that a service may send ahead of a client that doesn't take them (16384..16777216)
 * @param trunkWindowBytes bytes that a trunk may have under way in each direction, for all of its sessions together
 *     (65536..67108864)
 * @param receiveBufferBytes a client socket's receive buffer; zero leaves it to the kernel
 * @param sendBufferBytes a client socket's send buffer; zero leaves it to the kernel
 * @param queueBytesMax bytes of each route that may wait for a slow client before the route's policy applies
 * @param trace whether each packet is logged by the name of its opcode, without its payload
 * @param opcodeNames names of the services' opcodes, for logs and metrics
 * @param services by name
 * @param routes ranges of opcodes that don't overlap
 */
public record GatewayConfig(
        String listen,
        Optional<TlsFiles> tls,
        Optional<ProxyProtocol> proxyProtocol,
        int connectionsMax,
        int packetBytesMax,
        Duration handshakeTimeout,
        Duration loginTimeout,
        Duration idleTimeout,
        Duration writeTimeout,
        Duration stallTimeout,
        Duration attachTimeout,
        Duration acceptWindow,
        Duration detachTimeout,
        Duration connectTimeout,
        Duration reattachJitter,
        int reattachAttemptsMax,
        Duration ownerTimeout,
        int movesPerSecond,
        Duration pingInterval,
        Optional<RateLimit> rateLimit,
        boolean legacyEncryption,
        int linkWindowBytes,
        int trunkWindowBytes,
        int receiveBufferBytes,
        int sendBufferBytes,
        int queueBytesMax,
        boolean trace,
        Map<Integer, String> opcodeNames,
        Map<String, ServiceConfig> services,
        List<RouteConfig> routes) {

    public GatewayConfig {
        inRange("connectionsMax", connectionsMax, 1, Integer.MAX_VALUE);
        inRange("packetBytesMax", packetBytesMax, 64, 65_535);
        positive("handshakeTimeout", handshakeTimeout);
        positive("loginTimeout", loginTimeout);
        notNegative("idleTimeout", idleTimeout);
        positive("writeTimeout", writeTimeout);
        positive("stallTimeout", stallTimeout);
        positive("attachTimeout", attachTimeout);
        positive("acceptWindow", acceptWindow);
        positive("detachTimeout", detachTimeout);
        positive("connectTimeout", connectTimeout);
        notNegative("reattachJitter", reattachJitter);
        inRange("reattachAttemptsMax", reattachAttemptsMax, 1, 1000);
        positive("ownerTimeout", ownerTimeout);
        inRange("movesPerSecond", movesPerSecond, 1, 1_000_000);
        positive("pingInterval", pingInterval);
        inRange("linkWindowBytes", linkWindowBytes, 16 << 10, 16 << 20);
        inRange("trunkWindowBytes", trunkWindowBytes, 64 << 10, 64 << 20);
        inRange("receiveBufferBytes", receiveBufferBytes, 0, 1 << 30);
        inRange("sendBufferBytes", sendBufferBytes, 0, 1 << 30);
        inRange("queueBytesMax", queueBytesMax, 1024, 1 << 30);
        opcodeNames = Map.copyOf(opcodeNames);
        services = Map.copyOf(services);
        routes = List.copyOf(routes);
        Checks.routes(routes, services);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link GatewayConfig}; each setter is named as its component, each starts with its default. */
    public static final class Builder {
        private String listen = "127.0.0.1:8888";
        private Optional<TlsFiles> tls = Optional.empty();
        private Optional<ProxyProtocol> proxyProtocol = Optional.empty();
        private int connectionsMax = 50_000;
        private int packetBytesMax = 65_535;
        private Duration handshakeTimeout = Duration.ofSeconds(10);
        private Duration loginTimeout = Duration.ofSeconds(10);
        private Duration idleTimeout = Duration.ofSeconds(60);
        private Duration writeTimeout = Duration.ofSeconds(30);
        private Duration stallTimeout = Duration.ofSeconds(60);
        private Duration attachTimeout = Duration.ofSeconds(3);
        private Duration acceptWindow = Duration.ofMillis(250);
        private Duration detachTimeout = Duration.ofSeconds(2);
        private Duration connectTimeout = Duration.ofSeconds(3);
        private Duration reattachJitter = Duration.ofMillis(100);
        private int reattachAttemptsMax = 3;
        private Duration ownerTimeout = Duration.ofSeconds(20);
        private int movesPerSecond = 1000;
        private Duration pingInterval = Duration.ofSeconds(10);
        private Optional<RateLimit> rateLimit = Optional.of(RateLimit.DEFAULT);
        private boolean legacyEncryption;
        private int linkWindowBytes = 64 << 10;
        private int trunkWindowBytes = 4 << 20;
        private int receiveBufferBytes;
        private int sendBufferBytes;
        private int queueBytesMax = 64 << 10;
        private boolean trace;
        private Map<Integer, String> opcodeNames = Map.of();
        private Map<String, ServiceConfig> services = Map.of();
        private List<RouteConfig> routes = List.of();

        private Builder() {}

        public Builder listen(String listen) {
            this.listen = listen;
            return this;
        }

        public Builder tls(TlsFiles tls) {
            this.tls = Optional.of(tls);
            return this;
        }

        public Builder proxyProtocol(ProxyProtocol proxyProtocol) {
            this.proxyProtocol = Optional.of(proxyProtocol);
            return this;
        }

        public Builder connectionsMax(int connectionsMax) {
            this.connectionsMax = connectionsMax;
            return this;
        }

        public Builder packetBytesMax(int packetBytesMax) {
            this.packetBytesMax = packetBytesMax;
            return this;
        }

        public Builder handshakeTimeout(Duration handshakeTimeout) {
            this.handshakeTimeout = handshakeTimeout;
            return this;
        }

        public Builder loginTimeout(Duration loginTimeout) {
            this.loginTimeout = loginTimeout;
            return this;
        }

        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        public Builder writeTimeout(Duration writeTimeout) {
            this.writeTimeout = writeTimeout;
            return this;
        }

        public Builder stallTimeout(Duration stallTimeout) {
            this.stallTimeout = stallTimeout;
            return this;
        }

        public Builder attachTimeout(Duration attachTimeout) {
            this.attachTimeout = attachTimeout;
            return this;
        }

        public Builder acceptWindow(Duration acceptWindow) {
            this.acceptWindow = acceptWindow;
            return this;
        }

        public Builder detachTimeout(Duration detachTimeout) {
            this.detachTimeout = detachTimeout;
            return this;
        }

        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        public Builder reattachJitter(Duration reattachJitter) {
            this.reattachJitter = reattachJitter;
            return this;
        }

        public Builder reattachAttemptsMax(int reattachAttemptsMax) {
            this.reattachAttemptsMax = reattachAttemptsMax;
            return this;
        }

        public Builder ownerTimeout(Duration ownerTimeout) {
            this.ownerTimeout = ownerTimeout;
            return this;
        }

        public Builder movesPerSecond(int movesPerSecond) {
            this.movesPerSecond = movesPerSecond;
            return this;
        }

        public Builder pingInterval(Duration pingInterval) {
            this.pingInterval = pingInterval;
            return this;
        }

        public Builder rateLimit(RateLimit rateLimit) {
            this.rateLimit = Optional.of(rateLimit);
            return this;
        }

        public Builder noRateLimit() {
            this.rateLimit = Optional.empty();
            return this;
        }

        public Builder legacyEncryption(boolean legacyEncryption) {
            this.legacyEncryption = legacyEncryption;
            return this;
        }

        public Builder trunkWindowBytes(int trunkWindowBytes) {
            this.trunkWindowBytes = trunkWindowBytes;
            return this;
        }

        public Builder linkWindowBytes(int linkWindowBytes) {
            this.linkWindowBytes = linkWindowBytes;
            return this;
        }

        public Builder receiveBufferBytes(int receiveBufferBytes) {
            this.receiveBufferBytes = receiveBufferBytes;
            return this;
        }

        public Builder sendBufferBytes(int sendBufferBytes) {
            this.sendBufferBytes = sendBufferBytes;
            return this;
        }

        public Builder queueBytesMax(int queueBytesMax) {
            this.queueBytesMax = queueBytesMax;
            return this;
        }

        public Builder trace(boolean trace) {
            this.trace = trace;
            return this;
        }

        public Builder opcodeNames(Map<Integer, String> opcodeNames) {
            this.opcodeNames = opcodeNames;
            return this;
        }

        public Builder services(Map<String, ServiceConfig> services) {
            this.services = services;
            return this;
        }

        public Builder routes(List<RouteConfig> routes) {
            this.routes = routes;
            return this;
        }

        public GatewayConfig build() {
            return new GatewayConfig(
                    listen,
                    tls,
                    proxyProtocol,
                    connectionsMax,
                    packetBytesMax,
                    handshakeTimeout,
                    loginTimeout,
                    idleTimeout,
                    writeTimeout,
                    stallTimeout,
                    attachTimeout,
                    acceptWindow,
                    detachTimeout,
                    connectTimeout,
                    reattachJitter,
                    reattachAttemptsMax,
                    ownerTimeout,
                    movesPerSecond,
                    pingInterval,
                    rateLimit,
                    legacyEncryption,
                    linkWindowBytes,
                    trunkWindowBytes,
                    receiveBufferBytes,
                    sendBufferBytes,
                    queueBytesMax,
                    trace,
                    opcodeNames,
                    services,
                    routes);
        }
    }
}
