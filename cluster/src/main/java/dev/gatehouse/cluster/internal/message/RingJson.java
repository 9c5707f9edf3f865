package dev.gatehouse.cluster.internal.message;

import dev.gatehouse.ring.snapshot.HashRange;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import dev.gatehouse.ring.snapshot.Transfer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of RING. */
public final class RingJson {
    private static final int POINTS_MAX = 65_536;
    private static final int BOUND_PERCENT_MAX = 1000;
    private static final int STATE_MAX = NodeState.values().length - 1;
    private static final int STANDING_MAX = Standing.values().length - 1;

    private RingJson() {}

    /** Writes the fields of RING. */
    public static void write(RingSnapshot rings, ObjectNode body) {
        body.put("epoch", rings.version().epoch())
                .put("version", rings.version().version());
        body.put("algorithm", rings.settings().algorithm().text())
                .put("points", rings.settings().points())
                .put("boundPercent", rings.settings().boundPercent());
        ArrayNode members = body.putArray("members");
        rings.members().forEach(member -> write(member, members.addObject()));
        rings.pending()
                .ifPresentOrElse(pending -> write(pending, body.putObject("pending")), () -> body.putNull("pending"));
    }

    static RingSnapshot read(Fields body) {
        String algorithm = body.text("algorithm");
        RingSettings settings = new RingSettings(
                RingAlgorithm.of(algorithm)
                        .orElseThrow(() -> body.wrong("algorithm", "not one that is known", "xxh64 or stathat")),
                (int) body.number("points", 1, POINTS_MAX),
                (int) body.number("boundPercent", 0, BOUND_PERCENT_MAX));
        RingVersion version =
                new RingVersion(body.number("epoch", 0, Long.MAX_VALUE), body.number("version", 0, Long.MAX_VALUE));
        return body.checked(() -> RingSnapshot.of(
                version,
                settings,
                body.objects("members", RingJson::member),
                body.object("pending").map(RingJson::pending)));
    }

    static void write(Node node, ObjectNode object) {
        object.put("id", node.id())
                .put("name", node.name())
                .put("service", node.service())
                .put("address", node.address())
                .put("port", node.port())
                .put("weight", node.weight());
        ArrayNode backups = object.putArray("backups");
        node.backups().forEach(backups::add);
    }

    /** A node; weight 1, no backups and its id as its name where that isn't said. */
    static Node node(Fields fields) {
        String id = fields.text("id");
        String service = fields.text("service");
        String address = fields.text("address");
        int port = (int) fields.number("port", 1, 65_535);
        int weight = fields.optionalNumber("weight", 1, 100).orElse(1L).intValue();
        return fields.checked(() -> new Node(
                id, fields.optionalText("name").orElse(id), service, address, port, weight, fields.texts("backups")));
    }

    /** Writes a member as RING has it. */
    public static void write(RingMember member, ObjectNode object) {
        write(member.node(), object);
        object.put("state", member.state().number())
                .put("placement", member.standing().number())
                .put("draining", member.draining());
    }

    private static RingMember member(Fields fields) {
        return new RingMember(
                node(fields),
                NodeState.of((int) fields.number("state", 0, STATE_MAX)).orElseThrow(),
                Standing.of((int) fields.number("placement", 0, STANDING_MAX)).orElseThrow(),
                fields.truth("draining"));
    }

    private static void write(PendingTransfers pending, ObjectNode object) {
        object.put("transferId", pending.transferId());
        ArrayNode transfers = object.putArray("transfers");
        for (Transfer transfer : pending.transfers()) {
            transfers
                    .addObject()
                    .put("service", transfer.service())
                    .put("from", transfer.from().orElse(null))
                    .put("to", transfer.to())
                    .put("start", transfer.range().startText())
                    .put("end", transfer.range().endText());
        }
    }

    private static PendingTransfers pending(Fields fields) {
        return new PendingTransfers(
                fields.number("transferId", 1, Long.MAX_VALUE), fields.objects("transfers", RingJson::transfer));
    }

    private static Transfer transfer(Fields fields) {
        return fields.checked(() -> new Transfer(
                fields.text("service"),
                fields.optionalText("from"),
                fields.text("to"),
                HashRange.of(fields.text("start"), fields.text("end"))));
    }
}
