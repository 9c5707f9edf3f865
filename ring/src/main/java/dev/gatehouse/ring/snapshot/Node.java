package dev.gatehouse.ring.snapshot;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A node as it presents itself in VERIFY.
 *
 * @param id unique among all nodes; matches {@code [A-Za-z0-9._-]{1,64}}
 * @param name for people; no control characters, at most 255 characters, may be empty
 * @param service the service that it is of; matches {@code [A-Za-z0-9._-]{1,64}}
 * @param address where it is reached, a name or an address; no control characters, 1..255 characters
 * @param port 1..65535
 * @param weight its share beside the others of its service, 1..100
 * @param backups ids of nodes that own its keys while it is down, the first preferred; at most 16
 */
public record Node(String id, String name, String service, String address, int port, int weight, List<String> backups) {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int TEXT_MAX = 255;
    private static final int PORT_MAX = 65_535;
    private static final int WEIGHT_MAX = 100;
    private static final int BACKUPS_MAX = 16;

    public Node {
        backups = List.copyOf(backups);
        require(IDENTIFIER.matcher(id).matches(), "id", id, IDENTIFIER.pattern());
        require(isText(name), "name", name, "at most 255 characters, no control characters");
        require(IDENTIFIER.matcher(service).matches(), "service", service, IDENTIFIER.pattern());
        require(!address.isEmpty() && isText(address), "address", address, "1..255 characters, no control characters");
        require(port >= 1 && port <= PORT_MAX, "port", port, "1.." + PORT_MAX);
        require(weight >= 1 && weight <= WEIGHT_MAX, "weight", weight, "1.." + WEIGHT_MAX);
        require(backups.size() <= BACKUPS_MAX, "backups", backups.size() + " ids", "at most " + BACKUPS_MAX);
        for (String backup : backups) {
            require(IDENTIFIER.matcher(backup).matches(), "backups", backup, IDENTIFIER.pattern());
        }
    }

    /** A node of weight 1 without backups, named as its id. */
    public static Node of(String id, String service, String address, int port) {
        return new Node(id, id, service, address, port, 1, List.of());
    }

    private static boolean isText(String text) {
        return text.length() <= TEXT_MAX && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
