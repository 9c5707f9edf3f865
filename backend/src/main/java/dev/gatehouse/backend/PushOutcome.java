package dev.gatehouse.backend;

/** What became of something that a service sends to a user. */
public enum PushOutcome {

    /** It is on its way to the gateway, or in the user's outgoing queue, in the order of the calls. */
    DELIVERED,

    /** The user's attachment has ended; nothing was sent. */
    USER_GONE,

    /** The user's outgoing queue is full, because the gateway or the client reads too slowly; nothing was sent. */
    QUEUE_FULL
}
