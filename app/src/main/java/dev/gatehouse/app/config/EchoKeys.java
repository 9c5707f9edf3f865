package dev.gatehouse.app.config;

import java.time.Duration;
import java.util.stream.Stream;

/** The keys of {@code gatehouse echo}. */
final class EchoKeys {
    static final String ENVIRONMENT_PREFIX = "GATEHOUSE_ECHO_";

    static final Key<HostPort> LISTEN = new Key<>(
            "listen", KeyType.address(0), "127.0.0.1:6379", "Where clients connect; port 0 takes a free one.");
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

    static final Keys KEYS = new Keys(
            ENVIRONMENT_PREFIX,
            Stream.concat(
                            Stream.<Key<?>>of(
                                    LISTEN, LINE_BYTES_MAX, CONNECTIONS_MAX, IDLE_TIMEOUT, TRANSPORT, THREADS, GRACE),
                            LogKeys.ALL.stream())
                    .toList());

    private EchoKeys() {}
}
