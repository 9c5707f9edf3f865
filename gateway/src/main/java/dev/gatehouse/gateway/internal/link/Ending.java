package dev.gatehouse.gateway.internal.link;

/** Why an attachment has ended that the gateway had not closed. */
enum Ending {
    /** With its node. */
    LOST,
    /** The service doesn't take the gateway. */
    REFUSED,
    /** The node knows of a newer ring. */
    MISPLACED,
    /** By the service, for a reason of its own. */
    BY_SERVICE
}
