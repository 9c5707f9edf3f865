package dev.gatehouse.gateway;

/** Which node of a service serves a user. */
public enum PlacementPolicy {
    /** The same user to the same node, as long as it lives. */
    USER_HASH,
    /** One node after the other. */
    ROUND_ROBIN,
    /** One named node. */
    FIXED,
    /** The owner that the ring of a registry names: {@link dev.gatehouse.ring.Registry#rings}. */
    RING
}
