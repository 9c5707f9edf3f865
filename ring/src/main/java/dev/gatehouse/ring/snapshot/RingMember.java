package dev.gatehouse.ring.snapshot;

/**
 * A member of the ring of its service, as RING tells of it.
 *
 * @param node what it said of itself
 * @param state what it reported last
 * @param standing whether it owns
 * @param draining whether an operator drains it, or has
 */
public record RingMember(Node node, NodeState state, Standing standing, boolean draining) {
    /** A member that owns: what tests and fixed rings need. */
    public static RingMember owner(Node node) {
        return new RingMember(node, NodeState.NORMAL, Standing.OWNER, false);
    }

    /** The node's id. */
    public String id() {
        return node.id();
    }

    /** The node's service. */
    public String service() {
        return node.service();
    }

    /** The same member in another state. */
    public RingMember in(NodeState state) {
        return new RingMember(node, state, standing, draining);
    }

    /** The same member, standing otherwise. */
    public RingMember standing(Standing standing) {
        return new RingMember(node, state, standing, draining);
    }

    /** The same member, drained or not. */
    public RingMember draining(boolean draining) {
        return new RingMember(node, state, standing, draining);
    }

    /** The same member, presenting itself otherwise. */
    public RingMember as(Node node) {
        return new RingMember(node, state, standing, draining);
    }
}
