package dev.gatehouse.gateway;

/** When a session is attached to a route's service. */
public enum AttachPolicy {
    /** Before the login is acknowledged, so that the service can push to a client that only listens. */
    LOGIN,
    /** At the first packet for it. */
    FIRST_PACKET
}
