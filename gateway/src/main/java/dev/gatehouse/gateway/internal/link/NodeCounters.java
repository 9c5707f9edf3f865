package dev.gatehouse.gateway.internal.link;

/**
 * What happened between one event loop and one node: plain fields, written by that loop alone and read from outside, where a value
 * may be a moment old. See {@link dev.gatehouse.gateway.GatewayStatistics.Node} for what each one means.
 */
public final class NodeCounters {
    /** Links that are up: 0 or 1. */
    public int liveLinks;
    /** Sessions attached. */
    public int attachments;
    /** Packets given to the node. */
    public long forwarded;
    /** Packets of the node that went to their sessions. */
    public long returned;
    /** Packets of finished attachments. */
    public long stale;
    /** Attachments that broke with the node. */
    public long lostAttachments;
    /** Sessions that the node refused, because it knows of a newer ring. */
    public long misplaced;
    /** Round trips measured. */
    public long pings;
    /** Their time. */
    public long pingNanos;
}
