package dev.gatehouse.link;

/** Why one side of an attachment sends nothing more; the numbers are those of {@code trunk.proto}. */
public enum CloseCode {
    /** In order. */
    NORMAL,
    /** The service ends the user's session. */
    KICKED,
    /** The node knows a newer ring than the one that placed the user on it. */
    STALE_RING,
    /** The node goes away; the session is to be attached elsewhere. */
    UNAVAILABLE,
    /** The service failed at this user. */
    FAILED,
    /** What came on the attachment makes no sense. */
    PROTOCOL_ERROR;

    /** The number on the wire. */
    public int number() {
        return ordinal();
    }
}
