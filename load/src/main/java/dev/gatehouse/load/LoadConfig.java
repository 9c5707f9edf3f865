package dev.gatehouse.load;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.tls.ClientTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whom a load goes to, and how its clients behave. Immutable; see the {@link Builder} for units, ranges and defaults.
 *
 * @param address the server
 * @param mode what the clients speak
 * @param clients how many there are
 * @param payloadBytes the size of each message's payload
 * @param threads how many threads share the clients
 * @param sources the addresses that the clients come from, in turn; empty: whichever the system takes
 * @param connectsPerSecond how fast they connect; 0: as fast as it goes
 * @param connectTimeout until a connection is ready for messages
 * @param answerTimeout until an answer counts as missing
 * @param inFlightMax how many messages of an open loop may wait on one client
 * @param retryDelay until a client whose connection failed or was ended makes another
 * @param churn when connections are made anew
 * @param stalls which clients stop reading
 * @param tls TLS under the connections
 */
public record LoadConfig(
        InetSocketAddress address,
        Mode mode,
        int clients,
        int payloadBytes,
        int threads,
        List<InetAddress> sources,
        int connectsPerSecond,
        Duration connectTimeout,
        Duration answerTimeout,
        int inFlightMax,
        Duration retryDelay,
        Churn churn,
        Stalls stalls,
        Optional<ClientTls> tls) {
    static final int PAYLOAD_BYTES_MIN = PayloadPattern.STAMP_BYTES;
    static final int PAYLOAD_BYTES_MAX = 1 << 20;
    private static final int PAYLOAD_BYTES_EASY = 64 << 10;
    static final int CLIENTS_MAX = 1 << 20;

    /** The largest payload that {@link Load#payloadBytes} takes: 64 KiB, or what was configured, as far as the mode can carry it. */
    int payloadBytesMax() {
        return Math.min(mode.payloadBytesMax(), Math.max(payloadBytes, PAYLOAD_BYTES_EASY));
    }

    /** Settings for a load on the server at {@code HOST:PORT}. */
    public static Builder builder(String address, Mode mode) {
        return new Builder(Address.parse(address), mode);
    }

    /** Settings of a load; each method says its range and default. */
    public static final class Builder {
        private final InetSocketAddress address;
        private final Mode mode;
        private int clients = 50;
        private int payloadBytes = 64;
        private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        private List<InetAddress> sources = List.of();
        private int connectsPerSecond = 2000;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration answerTimeout = Duration.ofSeconds(10);
        private int inFlightMax = 1024;
        private Duration retryDelay = Duration.ofSeconds(1);
        private Churn churn = Churn.NONE;
        private Stalls stalls = Stalls.NONE;
        private Optional<ClientTls> tls = Optional.empty();

        private Builder(InetSocketAddress address, Mode mode) {
            this.address = address;
            this.mode = mode;
        }

        /** 1..1048576 clients, by default 50. */
        public Builder clients(int clients) {
            this.clients = Arguments.inRange("clients", clients, 1, CLIENTS_MAX);
            return this;
        }

        /** Bytes of each payload, 12 up to what the mode can carry, by default 64. */
        public Builder payloadBytes(int payloadBytes) {
            this.payloadBytes =
                    Arguments.inRange("payloadBytes", payloadBytes, PAYLOAD_BYTES_MIN, mode.payloadBytesMax());
            return this;
        }

        /** 1..1024 threads, by default half the processors. */
        public Builder threads(int threads) {
            this.threads = Arguments.inRange("threads", threads, 1, 1024);
            return this;
        }

        /** The addresses of this machine that the clients come from, in turn; by default whichever the system takes. */
        public Builder sources(List<InetAddress> sources) {
            this.sources = List.copyOf(sources);
            return this;
        }

        /** Connections a second, 0..1000000, by default 2000; 0: as fast as it goes. */
        public Builder connectsPerSecond(int connectsPerSecond) {
            this.connectsPerSecond = Arguments.inRange("connectsPerSecond", connectsPerSecond, 0, 1_000_000);
            return this;
        }

        /** Until a connection is ready for messages: TLS and login are done; by default 10 s. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Arguments.positive("connectTimeout", connectTimeout);
            return this;
        }

        /** Until an answer counts as missing, by default 10 s; also how long the end of a run waits for answers. */
        public Builder answerTimeout(Duration answerTimeout) {
            this.answerTimeout = Arguments.positive("answerTimeout", answerTimeout);
            return this;
        }

        /**
         * How many messages of an open loop may wait on one client, in flight or not sent yet: 1..65536, by default 1024. Those that
         * come due beyond aren't sent, and are counted.
         */
        public Builder inFlightMax(int inFlightMax) {
            this.inFlightMax = Arguments.inRange("inFlightMax", inFlightMax, 1, Outstanding.MAX);
            return this;
        }

        /** How long a client waits after its connection failed, or the server ended it, before it makes another; by default 1 s. */
        public Builder retryDelay(Duration retryDelay) {
            this.retryDelay = Arguments.positive("retryDelay", retryDelay);
            return this;
        }

        /** By default connections stay. */
        public Builder churn(Churn churn) {
            this.churn = churn;
            return this;
        }

        /** By default all clients always read. */
        public Builder stalls(Stalls stalls) {
            this.stalls = stalls;
            return this;
        }

        /** Puts TLS under the connections. */
        public Builder tls(ClientTls tls) {
            this.tls = Optional.of(tls);
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if the server's host is unknown, or a source can't reach such an address
         */
        public LoadConfig build() {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException(
                        "address: " + Address.format(address) + " (expected: a host that has an address)");
            }
            for (InetAddress source : sources) {
                if (source.getClass() != address.getAddress().getClass()) {
                    throw new IllegalArgumentException("sources: " + source.getHostAddress()
                            + " (expected: addresses of the server's kind, IPv4 or IPv6)");
                }
            }
            return new LoadConfig(
                    address,
                    mode,
                    clients,
                    payloadBytes,
                    Math.min(threads, clients),
                    sources,
                    connectsPerSecond,
                    connectTimeout,
                    answerTimeout,
                    inFlightMax,
                    retryDelay,
                    churn,
                    stalls,
                    tls);
        }
    }
}
