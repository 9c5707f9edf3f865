package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.GatewayStatistics;
import dev.gatehouse.gateway.internal.link.LinkedNodes;
import dev.gatehouse.gateway.internal.link.NodeCounters;
import dev.gatehouse.gateway.internal.link.ServiceLinks;
import dev.gatehouse.net.ServerStatistics;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Adds up the event loops' counters. Any thread. */
final class Sums {
    private static final String OWN_ROUTE = "gateway";

    private Sums() {}

    static GatewayStatistics of(
            ServerStatistics server, int users, Router router, List<GatewayLoop> loops, LinkedNodes nodes) {
        List<Counters> counters = loops.stream().map(GatewayLoop::counters).toList();
        Map<EndReason, Long> ended = new EnumMap<>(EndReason.class);
        for (EndReason reason : EndReason.values()) {
            ended.put(reason, sum(counters, c -> c.ended[reason.ordinal()]));
        }
        return new GatewayStatistics(
                server,
                (int) sum(counters, c -> c.sessions),
                users,
                sum(counters, c -> c.logins),
                ended,
                routes(router, counters),
                opcodes(router, counters),
                services(router, loops),
                nodes(nodes));
    }

    private static List<GatewayStatistics.Route> routes(Router router, List<Counters> counters) {
        List<GatewayStatistics.Route> routes = new ArrayList<>();
        routes.add(route(OWN_ROUTE, 0, counters));
        router.routes().forEach(r -> routes.add(route(r.config().name(), r.index(), counters)));
        return routes;
    }

    private static GatewayStatistics.Route route(String name, int index, List<Counters> counters) {
        return new GatewayStatistics.Route(
                name,
                sum(counters, c -> c.routes[index].packetsIn),
                sum(counters, c -> c.routes[index].packetsOut),
                sum(counters, c -> c.routes[index].bytesIn),
                sum(counters, c -> c.routes[index].bytesOut),
                sum(counters, c -> c.routes[index].dropped));
    }

    private static List<GatewayStatistics.Opcode> opcodes(Router router, List<Counters> counters) {
        List<GatewayStatistics.Opcode> opcodes = new ArrayList<>();
        for (int i = 0; i <= Short.MAX_VALUE; i++) {
            int opcode = i;
            List<Counters.PerOpcode> parts = counters.stream()
                    .map(c -> c.opcodes[opcode])
                    .filter(Objects::nonNull)
                    .toList();
            if (!parts.isEmpty()) {
                opcodes.add(new GatewayStatistics.Opcode(
                        opcode,
                        router.opcodeName(opcode),
                        sum(parts, p -> p.packets),
                        sum(parts, p -> p.handlingNanos)));
            }
        }
        return opcodes;
    }

    private static List<GatewayStatistics.Service> services(Router router, List<GatewayLoop> loops) {
        return IntStream.range(0, router.services().size())
                .mapToObj(
                        i -> service(loops.stream().map(loop -> loop.service(i)).toList()))
                .toList();
    }

    /** The oldest of the loops' rings counts: all of them have it. */
    private static GatewayStatistics.Service service(List<ServiceLinks> parts) {
        RingVersion ring = parts.stream()
                .map(ServiceLinks::ringVersion)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new GatewayStatistics.Service(
                parts.getFirst().name(), (int) sum(parts, ServiceLinks::waiting), ring.epoch(), ring.version());
    }

    private static List<GatewayStatistics.Node> nodes(LinkedNodes linked) {
        List<GatewayStatistics.Node> nodes = new ArrayList<>();
        linked.counters().forEach((key, parts) -> nodes.add(node(key, parts)));
        return nodes;
    }

    private static GatewayStatistics.Node node(LinkedNodes.Key key, List<NodeCounters> parts) {
        return new GatewayStatistics.Node(
                key.service(),
                key.node(),
                (int) sum(parts, p -> p.liveLinks),
                (int) sum(parts, p -> p.attachments),
                sum(parts, p -> p.forwarded),
                sum(parts, p -> p.returned),
                sum(parts, p -> p.stale),
                sum(parts, p -> p.lostAttachments),
                sum(parts, p -> p.misplaced),
                sum(parts, p -> p.pings),
                sum(parts, p -> p.pingNanos));
    }

    private static <T> long sum(List<T> parts, ToLongFunction<T> value) {
        return parts.stream().mapToLong(value).sum();
    }
}
