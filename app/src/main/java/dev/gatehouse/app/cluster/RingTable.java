package dev.gatehouse.app.cluster;

import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.List;
import java.util.Optional;

/** The rings of all services as a table, or who owns a key. */
public final class RingTable {
    private static final int NEXT = 3;

    private RingTable() {}

    /** A line about all, then one for each service, or for the one that is asked for. */
    public static String of(RingSnapshot rings, Optional<String> service) {
        TextTable table = new TextTable("SERVICE", "MEMBERS", "OWNERS", "SMALLEST PART", "LARGEST PART");
        for (String name : services(rings, service)) {
            Ring ring = rings.ring(name);
            List<Double> shares = ring.shares().values().stream().sorted().toList();
            table.row(
                    name,
                    Integer.toString(ring.members().size()),
                    Integer.toString(shares.size()),
                    shares.isEmpty() ? "-" : NodesTable.percent(shares.getFirst()),
                    shares.isEmpty() ? "-" : NodesTable.percent(shares.getLast()));
        }
        return head(rings) + "\n" + table;
    }

    /** A line for each service: who owns the key there, and whom it would go to next. */
    public static String ofKey(RingSnapshot rings, Optional<String> service, String key) {
        TextTable table = new TextTable("SERVICE", "KEY", "HASH", "OWNER", "ADDRESS", "NEXT");
        for (String name : services(rings, service)) {
            Ring ring = rings.ring(name);
            List<RingMember> owners = ring.preferenceList(key, 1 + NEXT);
            table.row(
                    name,
                    key,
                    Long.toUnsignedString(ring.hash(key)),
                    owners.isEmpty() ? "nobody" : owners.getFirst().id(),
                    owners.isEmpty()
                            ? "-"
                            : NodesTable.address(owners.getFirst().node()),
                    owners.size() < 2 ? "-" : ids(owners.subList(1, owners.size())));
        }
        return table.toString();
    }

    static String head(RingSnapshot rings) {
        RingSettings settings = rings.settings();
        String change = rings.pending().map(RingTable::sentence).orElse("no change is pending");
        return "epoch " + rings.version().epoch() + ", version "
                + rings.version().version() + ", "
                + settings.algorithm().text() + ", "
                + (settings.boundPercent() == 0 ? "no bound" : "bound " + settings.boundPercent() + " %") + "; "
                + change;
    }

    static List<String> services(RingSnapshot rings, Optional<String> service) {
        return service.map(List::of).orElseGet(() -> List.copyOf(rings.services()));
    }

    private static String sentence(PendingTransfers pending) {
        int ranges = pending.transfers().size();
        return "change " + pending.transferId() + " of "
                + pending.transfers().getFirst().service() + " is pending: "
                + (ranges == 1 ? "1 range moves" : ranges + " ranges move");
    }

    private static String ids(List<RingMember> members) {
        return String.join(",", members.stream().map(RingMember::id).toList());
    }
}
