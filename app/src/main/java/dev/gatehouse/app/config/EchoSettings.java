package dev.gatehouse.app.config;

import dev.gatehouse.app.logging.LogSettings;
import java.time.Duration;

/**
 * All settings of an echo server.
 *
 * @param listen where clients connect
 * @param lineBytesMax the longest line
 * @param connectionsMax connections beyond so many are closed at once
 * @param idleTimeout how long a client may send nothing; zero is for ever
 * @param transport how sockets are served
 * @param threads event loops; 0 for one a processor
 * @param grace how long a stop may take
 * @param log the log
 */
public record EchoSettings(
        HostPort listen,
        int lineBytesMax,
        int connectionsMax,
        Duration idleTimeout,
        TransportChoice transport,
        int threads,
        Duration grace,
        LogSettings log) {

    /**
     * Reads the settings.
     *
     * @throws dev.gatehouse.app.operator.OperatorException for the first mistake that is found
     */
    public static EchoSettings read(Sources sources) {
        Values values = new ConfigReader(EchoKeys.KEYS).read(sources);
        return new EchoSettings(
                values.get(EchoKeys.LISTEN),
                values.get(EchoKeys.LINE_BYTES_MAX).intValue(),
                values.get(EchoKeys.CONNECTIONS_MAX),
                values.get(EchoKeys.IDLE_TIMEOUT),
                values.get(EchoKeys.TRANSPORT),
                values.get(EchoKeys.THREADS),
                values.get(EchoKeys.GRACE),
                LogKeys.read(values));
    }
}
