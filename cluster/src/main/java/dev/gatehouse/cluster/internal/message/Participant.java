package dev.gatehouse.cluster.internal.message;

import dev.gatehouse.ring.snapshot.Node;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who talks to a coordinator, as it presents itself.
 *
 * @param id matches {@code [A-Za-z0-9._-]{1,64}}; of nodes and watchers unique
 * @param name for people; no control characters, at most 255 characters
 * @param node what a node says beyond that; empty for the other roles
 */
public record Participant(Role role, String id, String name, Optional<Node> node) {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int NAME_MAX = 255;

    public Participant {
        if (!IDENTIFIER.matcher(id).matches()) {
            throw new IllegalArgumentException("id: not an id (expected: " + IDENTIFIER.pattern() + ")");
        }
        if (name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "name: not a name (expected: at most " + NAME_MAX + " characters, no control characters)");
        }
    }

    public static Participant of(Node node) {
        return new Participant(Role.NODE, node.id(), node.name(), Optional.of(node));
    }

    public static Participant watcher(String id) {
        return new Participant(Role.WATCHER, id, id, Optional.empty());
    }

    public static Participant operator(String id) {
        return new Participant(Role.OPERATOR, id, id, Optional.empty());
    }

    String service() {
        return node.map(Node::service).orElse("");
    }

    String address() {
        return node.map(Node::address).orElse("");
    }

    int port() {
        return node.map(Node::port).orElse(0);
    }

    /** As logs name it, for example {@code node db1}. */
    @Override
    public String toString() {
        return role.text() + " " + id;
    }
}
