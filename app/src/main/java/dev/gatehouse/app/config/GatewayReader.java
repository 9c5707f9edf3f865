package dev.gatehouse.app.config;

import static dev.gatehouse.app.config.GatewayKeys.*;

import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.PlacementPolicy;
import dev.gatehouse.gateway.RateLimit;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.ring.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes settings of values, and checks what concerns more than one key. */
final class GatewayReader {
    private final Values values;
    private final Optional<ClusterSettings> cluster;
    private final Optional<EtcdSettings> etcd;

    private GatewayReader(Values values, Map<String, String> environment) {
        this.values = values;
        cluster = ClusterKeys.read(values, environment);
        etcd = EtcdKeys.read(values);
    }

    static GatewaySettings read(Values values, Map<String, String> environment) {
        return new GatewayReader(values, environment).settings();
    }

    private GatewaySettings settings() {
        GatewayConfig gateway = gateway();
        UserMode mode = values.get(USERS_MODE);
        Optional<Path> tokenFile = values.readable(USERS_TOKEN_FILE);
        if (mode == UserMode.TOKEN_FILE && tokenFile.isEmpty()) {
            throw values.error(
                    USERS_TOKEN_FILE,
                    new String[0],
                    "not set",
                    "a file of lines USER-ID TOKEN; or, to let everybody in, users.mode: development");
        }
        requireConsoleBesideListen();
        return new GatewaySettings(
                gateway,
                cluster,
                etcd,
                mode,
                tokenFile,
                values.get(CONSOLE_LISTEN),
                values.find(STATSD_HOST)
                        .map(host ->
                                new GatewaySettings.Statsd(host, values.get(STATSD_PORT), values.get(STATSD_INTERVAL))),
                values.get(TRANSPORT),
                values.get(THREADS),
                values.get(GRACE),
                LogKeys.read(values));
    }

    private void requireConsoleBesideListen() {
        HostPort listen = values.get(LISTEN);
        values.get(CONSOLE_LISTEN).filter(listen::clashes).ifPresent(console -> {
            throw values.error(
                    CONSOLE_LISTEN, new String[0], console.toString(), "another port than listen, " + listen);
        });
    }

    private GatewayConfig gateway() {
        GatewayConfig.Builder builder = GatewayConfig.builder()
                .listen(values.get(LISTEN).toString())
                .connectionsMax(values.get(CONNECTIONS_MAX))
                .packetBytesMax(values.get(PACKET_BYTES_MAX))
                .handshakeTimeout(values.get(ListenerKeys.HANDSHAKE_TIMEOUT))
                .loginTimeout(values.get(LOGIN_TIMEOUT))
                .idleTimeout(values.get(IDLE_TIMEOUT))
                .writeTimeout(values.get(WRITE_TIMEOUT))
                .stallTimeout(values.get(STALL_TIMEOUT))
                .attachTimeout(values.get(ATTACH_TIMEOUT))
                .acceptWindow(values.get(ACCEPT_WINDOW))
                .detachTimeout(values.get(DETACH_TIMEOUT))
                .connectTimeout(values.get(CONNECT_TIMEOUT))
                .reattachJitter(values.get(REATTACH_JITTER))
                .reattachAttemptsMax(values.get(REATTACH_ATTEMPTS_MAX))
                .ownerTimeout(values.get(OWNER_TIMEOUT))
                .movesPerSecond(values.get(MOVES_PER_SECOND))
                .pingInterval(values.get(PING_INTERVAL))
                .legacyEncryption(values.get(LEGACY_ENCRYPTION))
                .linkWindowBytes(values.get(LINK_WINDOW_BYTES).intValue())
                .trunkWindowBytes(values.get(TRUNK_WINDOW_BYTES).intValue())
                .receiveBufferBytes(values.get(RECEIVE_BUFFER_BYTES).intValue())
                .sendBufferBytes(values.get(SEND_BUFFER_BYTES).intValue())
                .queueBytesMax(values.get(QUEUE_BYTES_MAX).intValue())
                .trace(values.get(TRACE))
                .opcodeNames(opcodeNames());
        if (values.get(RATE_LIMIT_ENABLED)) {
            builder.rateLimit(new RateLimit(values.get(RATE_LIMIT_PACKETS), values.get(RATE_LIMIT_BURST)));
        } else {
            builder.noRateLimit();
        }
        ListenerKeys.tls(values).ifPresent(builder::tls);
        ListenerKeys.proxies(values).ifPresent(builder::proxyProtocol);
        Map<String, ServiceConfig> services = services();
        return builder.services(services).routes(routes(services)).build();
    }

    private Map<String, ServiceConfig> services() {
        Map<String, ServiceConfig> services = new LinkedHashMap<>();
        for (String name : values.names("services")) {
            services.put(name, service(name));
        }
        return services;
    }

    private ServiceConfig service(String name) {
        List<Member> nodes = values.names("services", name, "nodes").stream()
                .map(node -> node(name, node))
                .toList();
        for (String node : values.names("services", name, "weights")) {
            if (nodes.stream().noneMatch(member -> member.id().equals(node))) {
                throw values.error(NODE_WEIGHT, new String[] {name, node}, "no such node", "one of " + ids(nodes));
            }
        }
        boolean followed = cluster.isPresent() && nodes.isEmpty();
        PlacementPolicy placement =
                values.find(PLACEMENT, name).orElse(followed ? PlacementPolicy.RING : PlacementPolicy.USER_HASH);
        if (placement == PlacementPolicy.RING && !followed) {
            throw values.error(
                    PLACEMENT,
                    new String[] {name},
                    KeyType.dashed(placement),
                    "another one, as there are no rings without coordinator.addresses, nor of nodes that stand here");
        }
        String fixedNode = values.find(FIXED_NODE, name).orElse("");
        boolean elsewhere = nodes.isEmpty() && (cluster.isPresent() || etcd.isPresent());
        boolean fixable = elsewhere ? !fixedNode.isEmpty() : ids(nodes).contains(fixedNode);
        if (placement == PlacementPolicy.FIXED && !fixable) {
            throw values.error(
                    FIXED_NODE, new String[] {name}, fixedNode, elsewhere ? "a node's id" : "one of " + ids(nodes));
        }
        Optional<Path> trust = values.readable(TRUST, name);
        if (trust.isPresent() && !values.get(SERVICE_TLS, name)) {
            throw values.error(
                    TRUST,
                    new String[] {name},
                    trust.get().toString(),
                    "services." + name + ".tls: true beside it, as only links with TLS trust anybody");
        }
        return new ServiceConfig(
                name,
                placement,
                fixedNode,
                nodes,
                token(name),
                values.get(SERVICE_TLS, name),
                trust,
                values.get(INSECURE, name),
                values.get(CONTRACT, name));
    }

    private Member node(String service, String node) {
        HostPort address = values.get(NODE, service, node);
        return new Member(node, address.host(), address.port(), values.get(NODE_WEIGHT, service, node));
    }

    private String token(String service) {
        Optional<Path> file = values.readable(TOKEN_FILE, service);
        Optional<String> token = values.find(TOKEN, service);
        if (file.isPresent() && token.isPresent()) {
            throw values.error(
                    TOKEN_FILE, new String[] {service}, file.get().toString(), "token or token-file, not both");
        }
        return file.map(path -> Secrets.firstLine(path)).or(() -> token).orElse("");
    }

    private List<RouteConfig> routes(Map<String, ServiceConfig> services) {
        Map<String, OpcodeRange> ranges = new LinkedHashMap<>();
        List<RouteConfig> routes = new ArrayList<>();
        for (String name : values.names("routes")) {
            OpcodeRange range = required(ROUTE_OPCODES, name);
            ranges.forEach((other, taken) -> {
                if (range.overlaps(taken)) {
                    throw values.error(
                            ROUTE_OPCODES,
                            new String[] {name},
                            range.toString(),
                            "no overlap with routes." + other + ".opcodes, " + taken);
                }
            });
            ranges.put(name, range);
            routes.add(route(name, range, services));
        }
        return routes;
    }

    private RouteConfig route(String name, OpcodeRange range, Map<String, ServiceConfig> services) {
        String service = required(ROUTE_SERVICE, name);
        if (!services.containsKey(service)) {
            throw values.error(
                    ROUTE_SERVICE, new String[] {name}, service, "a name below services: " + services.keySet());
        }
        return new RouteConfig(
                name,
                range.min(),
                range.max(),
                service,
                values.get(ROUTE_OPEN, name),
                values.get(ROUTE_SLOW_CLIENT, name),
                values.get(ROUTE_QUEUE_PACKETS_MAX, name));
    }

    private Map<Integer, String> opcodeNames() {
        Map<Integer, String> names = new LinkedHashMap<>();
        for (String number : values.names("opcodes")) {
            String name = values.get(OPCODE_NAME, number);
            if (!number.matches("[0-9]{1,5}") || Integer.parseInt(number) > Short.MAX_VALUE) {
                throw values.error(OPCODE_NAME, new String[] {number}, name, "a number of 0..32767 before the colon");
            }
            names.put(Integer.valueOf(number), name);
        }
        return names;
    }

    private <T> T required(Key<T> key, String... names) {
        return values.find(key, names)
                .orElseThrow(
                        () -> values.error(key, names, "not set", key.type().expected()));
    }

    private static List<String> ids(List<Member> nodes) {
        return nodes.stream().map(Member::id).toList();
    }
}
