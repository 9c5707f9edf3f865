package dev.gatehouse.cluster;

import dev.gatehouse.cluster.internal.message.RingJson;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rings as JSON, for scripts. Any thread. */
public final class RingDocument {
    private RingDocument() {}

    /** All of it, as the message RING has it. */
    public static String rings(RingSnapshot rings) {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        RingJson.write(rings, document);
        return document.toString();
    }

    /** A list of all members, each as RING has it and with {@code share}, the part of its service that it owns, 0 to 1. */
    public static String members(RingSnapshot rings) {
        Map<String, Map<String, Double>> shares = new TreeMap<>();
        rings.services()
                .forEach(service -> shares.put(service, rings.ring(service).shares()));
        ArrayNode members = JsonMapper.shared().createArrayNode();
        for (RingMember member : rings.members()) {
            ObjectNode object = members.addObject();
            RingJson.write(member, object);
            object.put("share", shares.getOrDefault(member.service(), Map.of()).getOrDefault(member.id(), 0.0));
        }
        return members.toString();
    }

    /** A list with an object for each service, or the one named: who owns the key there, and who would after that. */
    public static String key(RingSnapshot rings, Optional<String> service, String key) {
        ArrayNode services = JsonMapper.shared().createArrayNode();
        for (String name : service.map(List::of).orElseGet(() -> List.copyOf(rings.services()))) {
            Ring ring = rings.ring(name);
            ObjectNode object = services.addObject()
                    .put("service", name)
                    .put("key", key)
                    .put("hash", Long.toUnsignedString(ring.hash(key)))
                    .put("owner", ring.owner(key).map(RingMember::id).orElse(null));
            ArrayNode next = object.putArray("next");
            ring.preferenceList(key, Integer.MAX_VALUE).stream().skip(1).forEach(member -> next.add(member.id()));
        }
        return services.toString();
    }
}
