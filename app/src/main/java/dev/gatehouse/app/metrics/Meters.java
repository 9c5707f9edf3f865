package dev.gatehouse.app.metrics;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every meter, with its unit and meaning; docs/metrics.md is made of this table, and the registry refuses a meter that isn't in it.
 * Counters count from the start of the process, those of a node from its first link.
 */
enum Meters {
    CONNECTIONS_OPENED("gatehouse.connections.opened", Kind.COUNTER, "connections", "Client connections accepted."),
    CONNECTIONS_REFUSED(
            "gatehouse.connections.refused", Kind.COUNTER, "connections", "Client connections beyond the limit."),
    CONNECTIONS_ACCEPT_FAILURES(
            "gatehouse.connections.accept.failures",
            Kind.COUNTER,
            "failures",
            "Failures to accept, for example because no file descriptors were left."),
    CONNECTIONS_CLOSED(
            "gatehouse.connections.closed",
            Kind.COUNTER,
            "connections",
            "Client connections that ended, by their close reason.",
            "reason"),
    CONNECTIONS_BYTES(
            "gatehouse.connections.bytes",
            Kind.COUNTER,
            "bytes",
            "Bytes of client connections, framing included.",
            "direction"),
    SESSIONS("gatehouse.sessions", Kind.GAUGE, "sessions", "Sessions that exist now, logged in or not."),
    USERS("gatehouse.users", Kind.GAUGE, "users", "Users logged in now."),
    LOGINS("gatehouse.logins", Kind.COUNTER, "sessions", "Sessions whose login was acknowledged."),
    SESSIONS_ENDED(
            "gatehouse.sessions.ended", Kind.COUNTER, "sessions", "Ended sessions, by their end reason.", "reason"),
    ROUTE_PACKETS(
            "gatehouse.route.packets",
            Kind.COUNTER,
            "packets",
            "Packets from clients (in) and to clients (out), by route; the gateway's own are the route gateway.",
            "route",
            "direction"),
    ROUTE_BYTES(
            "gatehouse.route.bytes",
            Kind.COUNTER,
            "bytes",
            "Bytes of these packets, opcode and payload.",
            "route",
            "direction"),
    ROUTE_DROPPED(
            "gatehouse.route.dropped",
            Kind.COUNTER,
            "packets",
            "Packets that the route's policy for slow clients dropped.",
            "route"),
    OPCODE_HANDLING(
            "gatehouse.opcode.handling",
            Kind.TIMER,
            "seconds",
            "Time that the gateway spent on packets from clients, by the opcode's name, as one packet of sixteen tells; heartbeats are left out, and"
                    + " opcodes beyond the first thousand count as other. Its StatsD name is API. and the opcode's name in"
                    + " capital letters.",
            "opcode"),
    LINK_PING(
            "gatehouse.link.ping",
            Kind.TIMER,
            "seconds",
            "Round trips between the gateway and a node.",
            "service",
            "node"),
    SESSIONS_WAITING(
            "gatehouse.sessions.waiting",
            Kind.GAUGE,
            "sessions",
            "Sessions that have no node of a service now and wait for one.",
            "service"),
    RING_EPOCH(
            "gatehouse.ring.epoch",
            Kind.GAUGE,
            "",
            "The epoch of the ring by which a service's users are placed.",
            "service"),
    RING_VERSION("gatehouse.ring.version", Kind.GAUGE, "", "The version of that ring.", "service"),
    NODE_LINKS(
            "gatehouse.node.links", Kind.GAUGE, "links", "Links (one an event loop) that are up.", "service", "node"),
    NODE_ATTACHMENTS(
            "gatehouse.node.attachments", Kind.GAUGE, "attachments", "Sessions attached now.", "service", "node"),
    NODE_FORWARDED(
            "gatehouse.node.forwarded", Kind.COUNTER, "packets", "Packets given to the node.", "service", "node"),
    NODE_RETURNED(
            "gatehouse.node.returned",
            Kind.COUNTER,
            "packets",
            "Packets of the node that went to their sessions.",
            "service",
            "node"),
    NODE_STALE(
            "gatehouse.node.stale",
            Kind.COUNTER,
            "packets",
            "Packets of finished attachments, which were dropped.",
            "service",
            "node"),
    NODE_LOST(
            "gatehouse.node.lost",
            Kind.COUNTER,
            "attachments",
            "Attachments that broke with the node.",
            "service",
            "node"),
    NODE_MISPLACED(
            "gatehouse.node.misplaced",
            Kind.COUNTER,
            "attachments",
            "Attachments that the node refused, because it knows of a newer ring than the one that placed them.",
            "service",
            "node"),
    SERVICE_USERS("gatehouse.service.users", Kind.GAUGE, "users", "Users attached to this node of a service now."),
    SERVICE_PACKETS(
            "gatehouse.service.packets",
            Kind.COUNTER,
            "packets",
            "Packets from users (in) and to users (out) of this node.",
            "direction"),
    SERVICE_DROPPED(
            "gatehouse.service.dropped",
            Kind.COUNTER,
            "packets",
            "Packets to users of this node that found no room, or nobody."),
    SERVICE_MISPLACED(
            "gatehouse.service.misplaced",
            Kind.COUNTER,
            "attachments",
            "Attachments that this node refused, because a ring older than its own had placed them."),
    COORDINATOR_LEADING(
            "gatehouse.coordinator.leading", Kind.GAUGE, "", "1 while this coordinator leads and publishes, else 0."),
    COORDINATOR_STORE_UP(
            "gatehouse.coordinator.store.up",
            Kind.GAUGE,
            "",
            "1 while the store can be used, 0 while etcd can't be reached or has no quorum."),
    COORDINATOR_EPOCH("gatehouse.coordinator.epoch", Kind.GAUGE, "", "The epoch of the rings published last."),
    COORDINATOR_VERSION("gatehouse.coordinator.version", Kind.GAUGE, "", "The version of the rings published last."),
    COORDINATOR_CONNECTIONS(
            "gatehouse.coordinator.connections",
            Kind.GAUGE,
            "connections",
            "Connections now, by their role: node, watcher, operator, or unverified.",
            "role"),
    COORDINATOR_OPENED("gatehouse.coordinator.opened", Kind.COUNTER, "connections", "Connections accepted."),
    COORDINATOR_TURNED_AWAY(
            "gatehouse.coordinator.turned.away",
            Kind.COUNTER,
            "connections",
            "Connections closed without a word, because there were too many, those that were being closed among them."),
    COORDINATOR_VERIFIED(
            "gatehouse.coordinator.verified", Kind.COUNTER, "connections", "Connections that proved themselves."),
    COORDINATOR_ERRORS(
            "gatehouse.coordinator.errors",
            Kind.COUNTER,
            "connections",
            "Connections that were ended for cause, by the code of ERROR.",
            "code"),
    COORDINATOR_MEMBERS(
            "gatehouse.coordinator.members",
            Kind.GAUGE,
            "members",
            "Members of the rings published last, by service and placement: owner, covered (down, others own its keys) or outside.",
            "service",
            "placement"),
    COORDINATOR_PENDING(
            "gatehouse.coordinator.pending",
            Kind.GAUGE,
            "changes",
            "1 while a change waits for its transfers, else 0."),
    COORDINATOR_LOST("gatehouse.coordinator.lost", Kind.COUNTER, "nodes", "Nodes that were taken as down."),
    COORDINATOR_PUBLISHED("gatehouse.coordinator.published", Kind.COUNTER, "rings", "Rings published."),
    COORDINATOR_SAVE_FAILURES(
            "gatehouse.coordinator.save.failures",
            Kind.COUNTER,
            "failures",
            "Times that the store couldn't keep what was to be published."),
    COORDINATOR_PAUSES(
            "gatehouse.coordinator.pauses", Kind.COUNTER, "pauses", "Times that the coordinator itself stood still."),
    DIRECT_MEMORY("gatehouse.direct.memory", Kind.GAUGE, "bytes", "Direct memory that Netty's buffers take now."),
    MEMORY_USED("jvm.memory.used", Kind.GAUGE, "bytes", "The JVM's memory in use, by area and pool.", "area", "id"),
    MEMORY_COMMITTED(
            "jvm.memory.committed", Kind.GAUGE, "bytes", "The JVM's memory that the system gave it.", "area", "id"),
    MEMORY_MAX("jvm.memory.max", Kind.GAUGE, "bytes", "The JVM's memory at most; -1 is without a limit.", "area", "id"),
    GC_PAUSE("jvm.gc.pause", Kind.TIMER, "seconds", "Pauses for garbage collection.", "action", "cause", "gc"),
    GC_ALLOCATED("jvm.gc.memory.allocated", Kind.COUNTER, "bytes", "Memory allocated for new objects."),
    GC_LIVE("jvm.gc.live.data.size", Kind.GAUGE, "bytes", "Long-lived memory after the last full collection."),
    THREADS_LIVE("jvm.threads.live", Kind.GAUGE, "threads", "Platform threads that live now."),
    CPU_USAGE("process.cpu.usage", Kind.GAUGE, "", "The process's share of the processors, 0 to 1."),
    FILES_OPEN("process.files.open", Kind.GAUGE, "files", "Open file descriptors."),
    FILES_MAX("process.files.max", Kind.GAUGE, "files", "File descriptors that the process may open."),
    UPTIME("process.uptime", Kind.GAUGE, "seconds", "Time since the start of the JVM.");

    /** How a meter behaves. */
    enum Kind {
        /** A number that only grows. */
        COUNTER,
        /** A number of now. */
        GAUGE,
        /** How often, and how long together. */
        TIMER
    }

    private final String meterName;
    private final Kind kind;
    private final String unit;
    private final String meaning;
    private final String labels;

    Meters(String meterName, Kind kind, String unit, String meaning, String... labels) {
        this.meterName = meterName;
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
        this.labels = String.join(",", labels);
    }

    String meterName() {
        return meterName;
    }

    Kind kind() {
        return kind;
    }

    String unit() {
        return unit;
    }

    /** The unit as the meter's name has it: in the names that are ours only bytes read well, Micrometer's have each unit. */
    @Nullable
    String nameUnit() {
        boolean named = unit.equals("bytes") || !meterName.startsWith("gatehouse.");
        return named && !unit.isEmpty() ? unit : null;
    }

    String meaning() {
        return meaning;
    }

    List<String> labels() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(",", -1));
    }

    static boolean lists(String name) {
        return Arrays.stream(values()).anyMatch(meter -> meter.meterName.equals(name));
    }
}
