package dev.gatehouse.gateway;

/** Which node of a service serves a user. */
public enum PlacementPolicy {
    /** The same user to the same node, as long as it lives. */
    USER_HASH,
    /** One node after the other. */
    ROUND_ROBIN,
    /** One named node. */
    FIXED
}
