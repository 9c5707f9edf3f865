package dev.gatehouse.gateway.internal.link;

/** What a node can be asked on whether it lives. */
interface Pinged {
    /** Sends a ping, unless its answer would have to wait for something else. */
    boolean ping();
}
