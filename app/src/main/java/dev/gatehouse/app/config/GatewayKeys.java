package dev.gatehouse.app.config;

import dev.gatehouse.gateway.AttachPolicy;
import dev.gatehouse.gateway.Contract;
import dev.gatehouse.gateway.PlacementPolicy;
import dev.gatehouse.gateway.QueuePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of {@code gatehouse gateway}. docs/configuration.md is made of this table. */
final class GatewayKeys {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    static final Key<HostPort> LISTEN = key("listen", KeyType.address(0), "127.0.0.1:8888", """
            Where clients connect; port 0 takes a free one.""");
    static final Key<UserMode> USERS_MODE = key("users.mode", KeyType.choice(UserMode.class), "token-file", """
            Who is let in: `token-file` takes clients whose `client_certificate` is a token of `users.token-file`; `development` takes everybody, and gives each `open_udid` a number of its own.""");
    static final Key<Path> USERS_TOKEN_FILE = key("users.token-file", KeyType.file(), "", """
            A file with a line `USER-ID TOKEN` for each user; it is read again when it changes. Required in the mode `token-file`.""");
    static final Key<Integer> CONNECTIONS_MAX =
            key("connections-max", KeyType.number(1, Integer.MAX_VALUE), "50000", """
            Client connections beyond so many are closed at once.""");
    static final Key<Integer> PACKET_BYTES_MAX = key("packet-bytes-max", KeyType.number(6, 65_535), "65535", """
            The longest packet of a client and of a service, counted as the field `size` counts.""");
    static final Key<Duration> LOGIN_TIMEOUT = key("login-timeout", KeyType.duration(MILLISECOND), "10s", """
            How long a client may take to log in.""");
    static final Key<Duration> IDLE_TIMEOUT = key("idle-timeout", KeyType.duration(Duration.ZERO), "60s", """
            How long a logged-in client may send nothing; `0s` is for ever.""");
    static final Key<Duration> WRITE_TIMEOUT = key("write-timeout", KeyType.duration(MILLISECOND), "30s", """
            How long a client may take none of the bytes that wait for it.""");
    static final Key<Duration> STALL_TIMEOUT = key("stall-timeout", KeyType.duration(MILLISECOND), "60s", """
            How long reading from a client may rest because its service takes no more.""");
    static final Key<Duration> ATTACH_TIMEOUT = key("attach-timeout", KeyType.duration(MILLISECOND), "3s", """
            How long a login waits for a node of each service that it needs.""");
    static final Key<Duration> ACCEPT_WINDOW = key("accept-window", KeyType.duration(MILLISECOND), "250ms", """
            How long a node that says nothing may still refuse the service token before it counts as having accepted it. Nodes on our SDK speak at once; logins at another one that has said nothing yet take so much longer.""");
    static final Key<Duration> DETACH_TIMEOUT = key("detach-timeout", KeyType.duration(MILLISECOND), "2s", """
            How long the end of an attachment may take before it is cancelled.""");
    static final Key<Duration> CONNECT_TIMEOUT = key("connect-timeout", KeyType.duration(MILLISECOND), "3s", """
            How long a link's connect to its node may take.""");
    static final Key<Duration> REATTACH_JITTER = key("reattach-jitter", KeyType.duration(Duration.ZERO), "100ms", """
            How long at most a session waits, at random, before it is attached again after a loss, or to a node that it waited for: so they don't come all at once.""");
    static final Key<Integer> REATTACH_ATTEMPTS_MAX = key("reattach-attempts-max", KeyType.number(1, 1000), "3", """
            How often a minute a session may be attached again after its node was lost; then it ends.""");
    static final Key<Duration> OWNER_TIMEOUT = key("owner-timeout", KeyType.duration(MILLISECOND), "20s", """
            How long a session without a node waits for the one that its service's ring names, or for the ring to name another; then it ends.""");
    static final Key<Integer> MOVES_PER_SECOND = key("moves-per-second", KeyType.number(1, 1_000_000), "1000", """
            How many sessions of each service move a second from nodes that are drained or are no members any more.""");
    static final Key<Duration> PING_INTERVAL = key("ping-interval", KeyType.duration(MILLISECOND), "10s", """
            How often a link asks its node whether it lives, and how long it waits for the answer.""");
    static final Key<Boolean> RATE_LIMIT_ENABLED = key("rate-limit.enabled", KeyType.flag(), "true", """
            Whether the rate of a client's packets is limited; who exceeds it is disconnected.""");
    static final Key<Integer> RATE_LIMIT_PACKETS =
            key("rate-limit.packets-per-minute", KeyType.number(1, Integer.MAX_VALUE), "6000", """
            Packets a minute that a client may send.""");
    static final Key<Integer> RATE_LIMIT_BURST =
            key("rate-limit.burst", KeyType.number(1, Integer.MAX_VALUE), "600", """
            Packets that a client may send at once.""");
    static final Key<Boolean> LEGACY_ENCRYPTION = key("legacy-encryption", KeyType.flag(), "false", """
            Whether clients may turn on the legacy encryption of the protocol, which is not secure.""");
    static final Key<Long> LINK_WINDOW_BYTES = key("link-window-bytes", KeyType.bytes(16 << 10, 16 << 20), "64k", """
            How many bytes a service may send ahead of a client that doesn't take them, beside those that wait in the queue of their route.""");
    static final Key<Long> TRUNK_WINDOW_BYTES = key("trunk-window-bytes", KeyType.bytes(64 << 10, 64 << 20), "4m", """
            How many bytes may be under way on a link of the contract `trunk` in each direction, for all of its sessions together, before they are held back.""");
    static final Key<Long> RECEIVE_BUFFER_BYTES = key("receive-buffer-bytes", KeyType.bytes(0, 1 << 30), "0", """
            The receive buffer of a client's socket; 0 leaves it to the kernel.""");
    static final Key<Long> SEND_BUFFER_BYTES = key("send-buffer-bytes", KeyType.bytes(0, 1 << 30), "0", """
            The send buffer of a client's socket; 0 leaves it to the kernel.""");
    static final Key<Long> QUEUE_BYTES_MAX = key("queue-bytes-max", KeyType.bytes(1024, 1 << 30), "64k", """
            How many bytes of each route may wait for a slow client before the route's policy `slow-client` applies; a single packet may be longer.""");
    static final Key<Boolean> TRACE = key("trace", KeyType.flag(), "false", """
            Whether each packet is logged by the name of its opcode, without its payload.""");

    static final Key<PlacementPolicy> PLACEMENT =
            key("services.<service>.placement", KeyType.choice(PlacementPolicy.class), "", """
            Which node serves a user: always the same one (`user-hash`), one after the other (`round-robin`), `fixed-node` (`fixed`), or the owner on the service's ring (`ring`). Without it, `ring` for nodes that the coordinators tell of, else `user-hash`.""");
    static final Key<Contract> CONTRACT =
            key("services.<service>.contract", KeyType.choice(Contract.class), "gonet2", """
            What the nodes speak: `trunk`, as our SDK does, which carries all sessions of an event loop over one gRPC stream, or `gonet2`, one stream a session, as unmodified gonet2 game servers do (our SDK speaks that, too).""");
    static final Key<String> FIXED_NODE = key("services.<service>.fixed-node", KeyType.text(NAME), "", """
            The node of the placement `fixed`.""");
    static final Key<HostPort> NODE = key("services.<service>.nodes.<node>", KeyType.address(1), "", """
            The address of a node. Reloaded by HUP. A service without any has those that the coordinators, or etcd, tell of.""");
    static final Key<Integer> NODE_WEIGHT = key("services.<service>.weights.<node>", KeyType.number(1, 100), "1", """
            The share of users that a node gets, beside the others. Reloaded by HUP.""");
    static final Key<String> TOKEN = key("services.<service>.token", KeyType.hidden(), "", """
            The service token that the gateway shows to the nodes. Better in `token-file` or in the environment.""");
    static final Key<Path> TOKEN_FILE = key("services.<service>.token-file", KeyType.file(), "", """
            A file whose first line is the service token, instead of `token`.""");
    static final Key<Boolean> SERVICE_TLS = key("services.<service>.tls", KeyType.flag(), "false", """
            Whether links to the nodes use TLS.""");
    static final Key<Path> TRUST = key("services.<service>.trust", KeyType.file(), "", """
            A PEM file with the authorities that sign the nodes' certificates; without it those of the JDK.""");
    static final Key<Boolean> INSECURE = key("services.<service>.insecure", KeyType.flag(), "false", """
            Whether links without TLS may leave this machine.""");

    static final Key<OpcodeRange> ROUTE_OPCODES = key("routes.<route>.opcodes", KeyType.opcodes(), "", """
            The opcodes of the route, such as `1001-1999`. Required; routes don't overlap.""");
    static final Key<String> ROUTE_SERVICE = key("routes.<route>.service", KeyType.text(NAME), "", """
            The service that gets them. Required.""");
    static final Key<AttachPolicy> ROUTE_OPEN =
            key("routes.<route>.open", KeyType.choice(AttachPolicy.class), "login", """
            When a session is attached to the service: at its login, or with its `first-packet` for it.""");
    static final Key<QueuePolicy> ROUTE_SLOW_CLIENT =
            key("routes.<route>.slow-client", KeyType.choice(QueuePolicy.class), "wait", """
            What happens to packets for a client that takes them too slowly: the service waits, the oldest are dropped, only the latest of each opcode is kept, or the session is closed.""");
    static final Key<Integer> ROUTE_QUEUE_PACKETS_MAX =
            key("routes.<route>.queue-packets-max", KeyType.number(1, 65_536), "256", """
            How many packets of the route may wait for such a client before that happens; under `wait` what is under way then still comes: two packets, over the contract `trunk` up to `link-window-bytes`.""");

    static final Key<String> OPCODE_NAME = key("opcodes.<number>", KeyType.text("[A-Za-z0-9._-]{1,64}"), "", """
            The name of an opcode, for logs and metrics. Reloaded by HUP.""");

    static final Key<Optional<HostPort>> CONSOLE_LISTEN =
            key("console.listen", KeyType.addressOrNone(), "127.0.0.1:9090", """
            Where health and metrics are served by HTTP; port 0 takes a free one, `none` is nowhere.""");
    static final Key<String> STATSD_HOST = key("statsd.host", KeyType.text("[A-Za-z0-9.:_-]{1,255}"), "", """
            A StatsD server that metrics are pushed to; without it they aren't.""");
    static final Key<Integer> STATSD_PORT = key("statsd.port", KeyType.number(1, 65_535), "8125", """
            Its UDP port.""");
    static final Key<Duration> STATSD_INTERVAL =
            key("statsd.interval", KeyType.duration(Duration.ofMillis(100)), "10s", """
            How often metrics are pushed.""");
    static final Key<TransportChoice> TRANSPORT = key("transport", KeyType.choice(TransportChoice.class), "auto", """
            How sockets are served; `auto` takes the first of the others that the machine has.""");
    static final Key<Integer> THREADS = key("threads", KeyType.number(0, 1024), "0", """
            How many event loops serve sockets; 0 is one a processor.""");
    static final Key<Duration> GRACE = key("grace", KeyType.duration(Duration.ZERO), "10s", """
            How long a stop lets sessions end in order.""");

    static final Keys KEYS = new Keys(
            Variables.PREFIX,
            Stream.concat(
                            Stream.of(
                                    LISTEN,
                                    ListenerKeys.TLS_CERTIFICATE,
                                    ListenerKeys.TLS_KEY,
                                    ListenerKeys.TLS_CLIENT_CERTIFICATES,
                                    ListenerKeys.TLS_TRUST,
                                    ListenerKeys.PROXIES,
                                    ListenerKeys.PROXY_HEADER_BYTES_MAX,
                                    USERS_MODE,
                                    USERS_TOKEN_FILE,
                                    ClusterKeys.ADDRESSES,
                                    ClusterKeys.SECRET_FILE,
                                    ClusterKeys.TRUST,
                                    ClusterKeys.ID,
                                    EtcdKeys.ENDPOINTS,
                                    EtcdKeys.PREFIX,
                                    EtcdKeys.TIMEOUT,
                                    EtcdKeys.TRUST,
                                    EtcdKeys.CERTIFICATE,
                                    EtcdKeys.KEY,
                                    PLACEMENT,
                                    FIXED_NODE,
                                    CONTRACT,
                                    NODE,
                                    NODE_WEIGHT,
                                    TOKEN,
                                    TOKEN_FILE,
                                    SERVICE_TLS,
                                    TRUST,
                                    INSECURE,
                                    ROUTE_OPCODES,
                                    ROUTE_SERVICE,
                                    ROUTE_OPEN,
                                    ROUTE_SLOW_CLIENT,
                                    ROUTE_QUEUE_PACKETS_MAX,
                                    OPCODE_NAME,
                                    TRACE,
                                    CONNECTIONS_MAX,
                                    PACKET_BYTES_MAX,
                                    QUEUE_BYTES_MAX,
                                    LINK_WINDOW_BYTES,
                                    TRUNK_WINDOW_BYTES,
                                    RECEIVE_BUFFER_BYTES,
                                    SEND_BUFFER_BYTES,
                                    RATE_LIMIT_ENABLED,
                                    RATE_LIMIT_PACKETS,
                                    RATE_LIMIT_BURST,
                                    LEGACY_ENCRYPTION,
                                    ListenerKeys.HANDSHAKE_TIMEOUT,
                                    LOGIN_TIMEOUT,
                                    IDLE_TIMEOUT,
                                    WRITE_TIMEOUT,
                                    STALL_TIMEOUT,
                                    ATTACH_TIMEOUT,
                                    ACCEPT_WINDOW,
                                    DETACH_TIMEOUT,
                                    CONNECT_TIMEOUT,
                                    REATTACH_JITTER,
                                    REATTACH_ATTEMPTS_MAX,
                                    OWNER_TIMEOUT,
                                    MOVES_PER_SECOND,
                                    PING_INTERVAL,
                                    CONSOLE_LISTEN,
                                    STATSD_HOST,
                                    STATSD_PORT,
                                    STATSD_INTERVAL,
                                    TRANSPORT,
                                    THREADS,
                                    GRACE),
                            LogKeys.ALL.stream())
                    .toList());

    private GatewayKeys() {}

    private static <T> Key<T> key(String name, KeyType<T> type, String defaultText, String meaning) {
        return new Key<>(name, type, defaultText, meaning);
    }
}
