package dev.gatehouse.app.cluster;

import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All members as a table. */
public final class NodesTable {
    private static final Comparator<RingMember> ORDER =
            Comparator.comparing(RingMember::service).thenComparing(RingMember::id);

    private NodesTable() {}

    /** The table, with a line for each member. */
    public static String of(RingSnapshot rings) {
        Map<String, Map<String, Double>> shares = new TreeMap<>();
        rings.services()
                .forEach(service -> shares.put(service, rings.ring(service).shares()));
        TextTable table =
                new TextTable("NODE", "SERVICE", "ADDRESS", "WEIGHT", "STATE", "PLACEMENT", "OWNS", "BACKUPS");
        rings.members().stream().sorted(ORDER).forEach(member -> {
            Node node = member.node();
            table.row(
                    node.id(),
                    node.service(),
                    address(node),
                    Integer.toString(node.weight()),
                    member.state().name().toLowerCase(Locale.ROOT),
                    standing(member),
                    percent(shares.getOrDefault(member.service(), Map.of()).getOrDefault(member.id(), 0.0)),
                    node.backups().isEmpty() ? "-" : String.join(",", node.backups()));
        });
        return table.toString();
    }

    static String address(Node node) {
        String host = node.address();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + node.port();
    }

    static String standing(RingMember member) {
        return member.standing().name().toLowerCase(Locale.ROOT) + (member.draining() ? ", draining" : "");
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
