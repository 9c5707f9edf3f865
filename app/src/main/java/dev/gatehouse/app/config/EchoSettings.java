package dev.gatehouse.app.config;

import dev.gatehouse.app.logging.LogSettings;
import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.TlsFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All settings of an echo server.
 *
 * @param listen where clients connect, one address or more
 * @param tls the certificate that clients see; without one they speak plain TCP
 * @param proxyProtocol the proxies that say who their clients are, if there are any
 * @param handshakeTimeout how long TLS, and a PROXY header before it, may take
 * @param lineBytesMax the longest line
 * @param connectionsMax connections beyond so many are closed at once
 * @param idleTimeout how long a client may send nothing; zero is for ever
 * @param transport how sockets are served
 * @param threads event loops; 0 for one a processor
 * @param grace how long a stop may take
 * @param log the log
 */
public record EchoSettings(
        List<ListenAddress> listen,
        Optional<TlsFiles> tls,
        Optional<ProxyProtocol> proxyProtocol,
        Duration handshakeTimeout,
        int lineBytesMax,
        int connectionsMax,
        Duration idleTimeout,
        TransportChoice transport,
        int threads,
        Duration grace,
        LogSettings log) {

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 6379;

    /**
     * Reads the settings. A file whose name ends with {@code .conf} has the form of redis.conf, any other is YAML.
     *
     * @throws dev.gatehouse.app.operator.OperatorException for the first mistake that is found
     */
    public static EchoSettings read(Sources sources) {
        ConfigReader reader = new ConfigReader(EchoKeys.KEYS);
        Values values = sources.file()
                .filter(RedisFile::is)
                .map(path -> reader.read(RedisFile.read(path, EchoKeys.REDIS, ConfigReader.FILE_ORDINAL), sources))
                .orElseGet(() -> reader.read(sources));
        return new EchoSettings(
                listen(values),
                ListenerKeys.tls(values),
                ListenerKeys.proxies(values),
                values.get(ListenerKeys.HANDSHAKE_TIMEOUT),
                values.get(EchoKeys.LINE_BYTES_MAX).intValue(),
                values.get(EchoKeys.CONNECTIONS_MAX),
                values.get(EchoKeys.IDLE_TIMEOUT),
                values.get(EchoKeys.TRANSPORT),
                values.get(EchoKeys.THREADS),
                values.get(EchoKeys.GRACE),
                LogKeys.read(values));
    }

    /** {@code listen}, or {@code bind} and {@code port}, whichever the stronger source has. */
    private static List<ListenAddress> listen(Values values) {
        int listen = values.strength(EchoKeys.LISTEN);
        int parts = Math.max(values.strength(EchoKeys.BIND), values.strength(EchoKeys.PORT));
        HostPort whole = values.get(EchoKeys.LISTEN);
        if (parts >= 0 && listen == parts) {
            throw values.error(EchoKeys.LISTEN, new String[0], whole.toString(), "listen, or bind and port, not both");
        }
        if (listen >= parts) {
            return List.of(new ListenAddress(whole, false));
        }
        int port = values.find(EchoKeys.PORT).orElse(DEFAULT_PORT);
        return values.find(EchoKeys.BIND).orElse(List.of(DEFAULT_HOST)).stream()
                .map(host -> ListenAddress.of(host, port))
                .toList();
    }
}
