package dev.gatehouse.ring;

import dev.gatehouse.ring.snapshot.Node;
import java.util.regex.Pattern;

/**
 * One node of a service, as a registry knows it.
 *
 * @param id unique in its service; matches {@code [A-Za-z0-9._-]{1,64}}
 * @param host name or address
 * @param port 1..65535
 * @param weight its share beside the others, 1..100
 */
public record Member(String id, String host, int port, int weight) {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int WEIGHT_MAX = 100;
    private static final int PORT_MAX = 65_535;

    public Member {
        if (!IDENTIFIER.matcher(id).matches()) {
            throw new IllegalArgumentException("id: " + id + " (expected: " + IDENTIFIER + ")");
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host: empty (expected: a name or an address)");
        }
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1.." + PORT_MAX + ")");
        }
        if (weight < 1 || weight > WEIGHT_MAX) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1.." + WEIGHT_MAX + ")");
        }
    }

    /** A member of weight 1. */
    public static Member of(String id, String host, int port) {
        return new Member(id, host, port, 1);
    }

    /** A node of a ring. */
    public static Member of(Node node) {
        return new Member(node.id(), node.address(), node.port(), node.weight());
    }
}
