package dev.gatehouse.app.config;

import dev.gatehouse.app.logging.LogSettings;
import dev.gatehouse.gateway.GatewayConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * All settings of a gateway process.
 *
 * @param gateway the gateway itself
 * @param cluster the coordinators, if it follows some
 * @param etcd where nodes are found, if they are found in etcd
 * @param userMode who is let in
 * @param tokenFile users and their tokens, in the mode {@link UserMode#TOKEN_FILE}
 * @param console where the console listens; without it there is none
 * @param statsd where metrics are pushed to; without it they aren't
 * @param transport how sockets are served
 * @param threads event loops; 0 for one a processor
 * @param grace how long a stop may take
 * @param log the log
 */
public record GatewaySettings(
        GatewayConfig gateway,
        Optional<ClusterSettings> cluster,
        Optional<EtcdSettings> etcd,
        UserMode userMode,
        Optional<Path> tokenFile,
        Optional<HostPort> console,
        Optional<Statsd> statsd,
        TransportChoice transport,
        int threads,
        Duration grace,
        LogSettings log) {

    /**
     * Where metrics are pushed to.
     *
     * @param host the StatsD server
     * @param port its UDP port
     * @param interval how often
     */
    public record Statsd(String host, int port, Duration interval) {}

    /**
     * Reads the settings.
     *
     * @throws dev.gatehouse.app.operator.OperatorException for the first mistake that is found
     */
    public static GatewaySettings read(Sources sources) {
        Values values = new ConfigReader(GatewayKeys.KEYS).read(sources);
        values.checkAll();
        return GatewayReader.read(values, sources.environment());
    }
}
