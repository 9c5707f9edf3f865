package dev.gatehouse.app.config;

import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of {@code gatehouse coordinator}. */
final class CoordinatorKeys {
    static final String ENVIRONMENT_PREFIX = "GATEHOUSE_COORDINATOR_";

    private static final Duration SHORTEST = Duration.ofMillis(1);

    static final Key<HostPort> LISTEN = key("listen", KeyType.address(0), "127.0.0.1:12345", """
            Where nodes, watchers and operators connect; port 0 takes a free one.""");
    static final Key<HostPort> ADVERTISE = key("advertise", KeyType.address(1), "", """
            Where they reach it, if that isn't `listen`: what other coordinators tell of it.""");
    static final Key<String> STORE = key("store", KeyType.text("file:.+|etcd:.+|none"), "file:gatehouse-cluster", """
            Where members and rings are kept over restarts: `file:FOLDER`, for one coordinator; `etcd:URL,...`, with the members of an etcd as `http://HOST:PORT` or `https://HOST:PORT`, for several, of which one leads; `none` keeps nothing, and who has seen its rings takes no others after a
            restart.""");
    static final Key<Duration> ETCD_LEASE =
            key("etcd.lease", KeyType.seconds(Duration.ofSeconds(3), Duration.ofMinutes(5)), "10s", """
            For how long a coordinator that isn't heard of any more still leads: so long after its end another one can take over.""");
    static final Key<String> ETCD_PREFIX = key("etcd.prefix", KeyType.text("[!-~]{1,200}"), "/gatehouse/cluster/", """
            What the coordinators' keys in etcd begin with; each cluster has its own.""");
    static final Key<Path> SECRET_FILE = key("secret-file", KeyType.file(), "", """
            A file whose first line is the secret that all share; or give it in `GATEHOUSE_CLUSTER_SECRET`. One of them is required.""");
    static final Key<Integer> CONNECTIONS_MAX = key("connections-max", KeyType.number(1, 100_000), "100", """
            Connections that have proved themselves; beyond so many they are refused.""");
    static final Key<Integer> UNVERIFIED_MAX = key("unverified-max", KeyType.number(1, 100_000), "100", """
            Connections that haven't proved themselves yet, beside those.""");
    static final Key<Integer> CLOSING_MAX = key("closing-max", KeyType.number(1, 100_000), "1000", """
            Connections that have been refused, or taken off, and whose other sides haven't closed them yet, beside those; with more of all, newcomers are closed without a word.""");
    static final Key<Duration> VERIFY_TIMEOUT = duration("verify-timeout", "10s", """
            How long a connection may take to prove itself.""");
    static final Key<Duration> PING_INTERVAL =
            key("ping-interval", KeyType.duration(CoordinatorConfig.SHORTEST), "3s", """
            How often each connection is pinged.""");
    static final Key<Integer> MISSES_ALLOWED = key("misses-allowed", KeyType.number(1, 100), "3", """
            After so many pings in a row without an answer a node is down.""");
    static final Key<Duration> SILENCE = duration("silence", "10s", """
            How long the coordinator may say nothing before the others take it as lost; more than `ping-interval`.""");
    static final Key<Duration> SUSPECT_TIME = duration("suspect-time", "2s", """
            How long a node whose connection broke may take to return before it is down.""");
    static final Key<Duration> RETURN_TIME = duration("return-time", "30s", """
            How long known nodes may take to return after a start or a pause of the coordinator.""");
    static final Key<Duration> PAUSE = key("pause", KeyType.duration(CoordinatorConfig.SHORTEST), "1s", """
            From when on a standstill of the coordinator is a pause, for which no node is to blame.""");
    static final Key<Duration> CONTEST_TIME = duration("contest-time", "1s", """
            How long the older of two connections with one id may take to show that it lives, before the younger takes its place.""");
    static final Key<Integer> RINGS_PER_SECOND_MAX = key("rings-per-second-max", KeyType.number(1, 1000), "10", """
            Rings that are published a second.""");
    static final Key<Integer> MESSAGES_PER_SECOND_MAX =
            key("messages-per-second-max", KeyType.number(1, 1_000_000), "200", """
            Messages a second that a connection may send; who sends more is disconnected.""");
    static final Key<RingAlgorithm> ALGORITHM =
            key("ring.algorithm", KeyType.choice(RingAlgorithm.class), "xxh64", """
            How members and keys fall on the circle; `stathat` is for peers that use the Go package of that name.""");
    static final Key<Integer> POINTS = key("ring.points", KeyType.number(1, 65_536), "1024", """
            Points of a member of weight 1 (`stathat` has 20).""");
    static final Key<Integer> BOUND_PERCENT = key("ring.bound-percent", KeyType.number(0, 1000), "0", """
            How far above its weighted share a member may be; 0 is without a bound.""");
    static final Key<Long> RING_BYTES_MAX =
            key("ring.bytes-max", KeyType.bytes(1 << 10, MembershipSettings.RING_BYTES_MAX), "16m", """
            How long RING may be, with all members and the transfers of a change. A node that there is no room for is refused, and a change waits. A store on etcd takes less.""");
    static final Key<Duration> REMOVE_AFTER = duration("remove-after", "10m", """
            How long a member is down before it is taken off its ring.""");
    static final Key<Duration> DROP_AFTER = duration("drop-after", "10m", """
            How long a change waits for the members that it concerns before it is dropped.""");
    static final Key<Integer> MEMBERS_MAX = key("members-max", KeyType.number(1, 65_536), "1000", """
            Members of all services together, those that are down too.""");
    static final Key<Integer> POINTS_MAX = key("points-max", KeyType.number(1, 1 << 24), "4194304", """
            Points of one service's ring, weights counted.""");
    static final Key<Optional<HostPort>> CONSOLE_LISTEN = key("console.listen", KeyType.addressOrNone(), "none", """
            Where health and metrics are served by HTTP; port 0 takes a free one, `none` is nowhere.""");
    static final Key<TransportChoice> TRANSPORT = key("transport", KeyType.choice(TransportChoice.class), "auto", """
            How sockets are served; `auto` takes the first of the others that the machine has.""");
    static final Key<Duration> GRACE = key("grace", KeyType.duration(Duration.ZERO), "10s", """
            How long a stop lets connections end in order.""");

    private static final List<Key<?>> TLS = List.of(
            ListenerKeys.TLS_CERTIFICATE,
            ListenerKeys.TLS_KEY,
            ListenerKeys.TLS_CLIENT_CERTIFICATES,
            ListenerKeys.TLS_TRUST);

    static final Keys KEYS = new Keys(
            ENVIRONMENT_PREFIX,
            Stream.of(
                            List.<Key<?>>of(LISTEN, ADVERTISE, STORE, ETCD_LEASE, ETCD_PREFIX),
                            EtcdKeys.ALL,
                            List.<Key<?>>of(SECRET_FILE),
                            TLS,
                            List.<Key<?>>of(
                                    CONNECTIONS_MAX,
                                    UNVERIFIED_MAX,
                                    CLOSING_MAX,
                                    VERIFY_TIMEOUT,
                                    PING_INTERVAL,
                                    MISSES_ALLOWED,
                                    SILENCE,
                                    SUSPECT_TIME,
                                    RETURN_TIME,
                                    PAUSE,
                                    CONTEST_TIME,
                                    RINGS_PER_SECOND_MAX,
                                    MESSAGES_PER_SECOND_MAX,
                                    ALGORITHM,
                                    POINTS,
                                    BOUND_PERCENT,
                                    RING_BYTES_MAX,
                                    REMOVE_AFTER,
                                    DROP_AFTER,
                                    MEMBERS_MAX,
                                    POINTS_MAX,
                                    CONSOLE_LISTEN,
                                    TRANSPORT,
                                    GRACE),
                            LogKeys.ALL)
                    .flatMap(List::stream)
                    .toList());

    private CoordinatorKeys() {}

    private static Key<Duration> duration(String name, String defaultText, String meaning) {
        return key(name, KeyType.duration(SHORTEST), defaultText, meaning);
    }

    private static <T> Key<T> key(String name, KeyType<T> type, String defaultText, String meaning) {
        return new Key<>(name, type, defaultText, meaning.replace('\n', ' '));
    }
}
