package dev.gatehouse.app.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of {@code gatehouse echo}. */
final class EchoKeys {
    static final String ENVIRONMENT_PREFIX = "GATEHOUSE_ECHO_";

    static final Key<HostPort> LISTEN = new Key<>(
            "listen", KeyType.address(0), "127.0.0.1:6379", "Where clients connect; port 0 takes a free one.");
    static final Key<List<String>> BIND = new Key<>(
            "bind",
            KeyType.hosts(),
            "",
            "Where clients connect, as redis.conf writes it and instead of `listen`, with `port`: a leading `-` passes over an"
                    + " address that this machine doesn't have, `*` and `::*` are all of its addresses. Without it `127.0.0.1`, if `port` is set.");
    static final Key<Integer> PORT = new Key<>(
            "port",
            KeyType.number(0, 65_535),
            "",
            "The port of `bind`; 0 takes a free one. Without it 6379, if `bind` is set.");
    static final Key<Long> LINE_BYTES_MAX =
            new Key<>("line-bytes-max", KeyType.bytes(1, 1 << 30), "64k", "The longest line, without its end.");
    static final Key<Integer> CONNECTIONS_MAX = new Key<>(
            "connections-max",
            KeyType.number(1, Integer.MAX_VALUE),
            "50000",
            "Connections beyond so many are closed at once.");
    static final Key<Duration> IDLE_TIMEOUT = new Key<>(
            "idle-timeout",
            KeyType.duration(Duration.ZERO),
            "0s",
            "How long a client may send nothing; `0s` is for ever.");
    static final Key<TransportChoice> TRANSPORT = new Key<>(
            "transport",
            KeyType.choice(TransportChoice.class),
            "auto",
            "How sockets are served; `auto` takes the first of the others that the machine has.");
    static final Key<Integer> THREADS = new Key<>(
            "threads", KeyType.number(0, 1024), "0", "How many event loops serve sockets; 0 is one a processor.");
    static final Key<Duration> GRACE = new Key<>(
            "grace", KeyType.duration(Duration.ZERO), "10s", "How long a stop lets connections end in order.");

    /** Those that a file in the form of redis.conf has. */
    static final Set<String> REDIS = Set.of(BIND.name(), PORT.name());

    static final Keys KEYS = new Keys(
            ENVIRONMENT_PREFIX,
            Stream.concat(
                            Stream.<Key<?>>of(
                                    LISTEN,
                                    BIND,
                                    PORT,
                                    LINE_BYTES_MAX,
                                    CONNECTIONS_MAX,
                                    IDLE_TIMEOUT,
                                    TRANSPORT,
                                    THREADS,
                                    GRACE),
                            Stream.concat(ListenerKeys.ALL.stream(), LogKeys.ALL.stream()))
                    .toList());

    private EchoKeys() {}
}
