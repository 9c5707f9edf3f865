package dev.gatehouse.app.metrics;

import dev.gatehouse.gateway.GatewayStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A gateway's statistics as meters. Routes, nodes and opcodes appear while it runs, so {@link #refresh} comes before every scrape and
 * push: it takes one picture of the statistics, registers what is new in it, and takes off the nodes that the gateway has forgotten. Any thread.
 */
final class GatewayMeters {
    /** Opcodes that have a meter of their own; a client may send any number of them. */
    static final int OPCODES_MAX = 1000;

    private static final String OTHER_OPCODES = "other";
    private static final List<String> OF_A_NODE = List.of("service", "node");

    private final MeterRegistry registry;
    private final Supplier<GatewayStatistics> statistics;
    private final Map<Series, Cell> cells = new HashMap<>();
    private int opcodes;

    GatewayMeters(MeterRegistry registry, Supplier<GatewayStatistics> statistics) {
        this.registry = registry;
        this.statistics = statistics;
    }

    /** One time series: a meter with these values of its labels. */
    private record Series(Meters meter, List<String> labels) {
        Tags tags() {
            Tags tags = Tags.empty();
            for (int i = 0; i < labels.size(); i++) {
                tags = tags.and(meter.labels().get(i), labels.get(i));
            }
            return tags;
        }
    }

    /** What a series stands at. */
    private static final class Cell {
        private volatile long value;
        private volatile long count;

        double value() {
            return (double) value;
        }

        long count() {
            return count;
        }
    }

    /** Brings all meters up to date. */
    synchronized void refresh() {
        GatewayStatistics now = statistics.get();
        connections(now);
        sessions(now);
        now.routes().forEach(this::route);
        opcodes(now.opcodes());
        now.services().forEach(this::service);
        now.nodes().forEach(this::node);
        forgetNodesBut(now.nodes());
    }

    private void connections(GatewayStatistics now) {
        put(Meters.CONNECTIONS_OPENED, now.connections().opened());
        put(Meters.CONNECTIONS_REFUSED, now.connections().refused());
        put(Meters.CONNECTIONS_ACCEPT_FAILURES, now.connections().acceptFailures());
        put(Meters.CONNECTIONS_BYTES, now.connections().bytesIn(), "in");
        put(Meters.CONNECTIONS_BYTES, now.connections().bytesOut(), "out");
        now.connections().closed().forEach((reason, count) -> put(Meters.CONNECTIONS_CLOSED, count, reason.name()));
    }

    private void sessions(GatewayStatistics now) {
        put(Meters.SESSIONS, now.sessions());
        put(Meters.USERS, now.users());
        put(Meters.LOGINS, now.logins());
        now.ended().forEach((reason, count) -> put(Meters.SESSIONS_ENDED, count, reason.name()));
    }

    private void route(GatewayStatistics.Route route) {
        put(Meters.ROUTE_PACKETS, route.packetsIn(), route.name(), "in");
        put(Meters.ROUTE_PACKETS, route.packetsOut(), route.name(), "out");
        put(Meters.ROUTE_BYTES, route.bytesIn(), route.name(), "in");
        put(Meters.ROUTE_BYTES, route.bytesOut(), route.name(), "out");
        put(Meters.ROUTE_DROPPED, route.dropped(), route.name());
    }

    private void service(GatewayStatistics.Service service) {
        put(Meters.SESSIONS_WAITING, service.waiting(), service.name());
        if (service.ringEpoch() > 0) {
            put(Meters.RING_EPOCH, service.ringEpoch(), service.name());
            put(Meters.RING_VERSION, service.ringVersion(), service.name());
        }
    }

    private void node(GatewayStatistics.Node node) {
        put(Meters.NODE_LINKS, node.liveLinks(), node.service(), node.node());
        put(Meters.NODE_ATTACHMENTS, node.attachments(), node.service(), node.node());
        put(Meters.NODE_FORWARDED, node.forwarded(), node.service(), node.node());
        put(Meters.NODE_RETURNED, node.returned(), node.service(), node.node());
        put(Meters.NODE_STALE, node.stale(), node.service(), node.node());
        put(Meters.NODE_MISPLACED, node.misplaced(), node.service(), node.node());
        put(Meters.NODE_LOST, node.lostAttachments(), node.service(), node.node());
        time(Meters.LINK_PING, node.pings(), node.pingNanos(), node.service(), node.node());
    }

    /** Ids of nodes may come once and never again. */
    private void forgetNodesBut(List<GatewayStatistics.Node> nodes) {
        Set<List<String>> known =
                nodes.stream().map(node -> List.of(node.service(), node.node())).collect(Collectors.toSet());
        List<Series> gone = cells.keySet().stream()
                .filter(series -> series.meter.labels().equals(OF_A_NODE) && !known.contains(series.labels))
                .toList();
        for (Series series : gone) {
            cells.remove(series);
            registry.find(series.meter.meterName()).tags(series.tags()).meters().forEach(registry::remove);
        }
    }

    /** Adds up opcodes of the same name, and those beyond the limit, before any of it is seen from outside. */
    private void opcodes(List<GatewayStatistics.Opcode> all) {
        Map<String, long[]> sums = new HashMap<>();
        for (GatewayStatistics.Opcode opcode : all) {
            long[] sum = sums.computeIfAbsent(ownOrOther(opcode.name()), name -> new long[2]);
            sum[0] += opcode.packets();
            sum[1] += opcode.handlingNanos();
        }
        sums.forEach((name, sum) -> time(Meters.OPCODE_HANDLING, sum[0], sum[1], name));
    }

    private String ownOrOther(String name) {
        if (cells.containsKey(new Series(Meters.OPCODE_HANDLING, List.of(name)))) {
            return name;
        }
        if (opcodes >= OPCODES_MAX) {
            return OTHER_OPCODES;
        }
        opcodes++;
        cell(Meters.OPCODE_HANDLING, name);
        return name;
    }

    private void put(Meters meter, long value, String... labels) {
        cell(meter, labels).value = value;
    }

    private void time(Meters meter, long count, long nanos, String... labels) {
        Cell cell = cell(meter, labels);
        cell.count = count;
        cell.value = nanos;
    }

    private Cell cell(Meters meter, String... labels) {
        return cells.computeIfAbsent(new Series(meter, List.of(labels)), this::register);
    }

    private Cell register(Series series) {
        Cell cell = new Cell();
        Meters meter = series.meter;
        Tags tags = series.tags();
        switch (meter.kind()) {
            case COUNTER ->
                FunctionCounter.builder(meter.meterName(), cell, Cell::value)
                        .tags(tags)
                        .baseUnit(meter.nameUnit())
                        .description(meter.meaning())
                        .register(registry);
            case GAUGE ->
                Gauge.builder(meter.meterName(), cell, Cell::value)
                        .tags(tags)
                        .baseUnit(meter.nameUnit())
                        .description(meter.meaning())
                        .register(registry);
            case TIMER ->
                FunctionTimer.builder(meter.meterName(), cell, Cell::count, Cell::value, TimeUnit.NANOSECONDS)
                        .tags(tags)
                        .description(meter.meaning())
                        .register(registry);
        }
        return cell;
    }
}
