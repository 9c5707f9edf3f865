package dev.gatehouse.link;

/** What an entry of a batch is; see {@code trunk.proto} for what each one means. */
public enum EntryKind {
    /** A packet. */
    PAYLOAD,
    /** So many more bytes of payload may follow. */
    CREDIT,
    /** A session is attached. */
    OPEN,
    /** The sender sends nothing more on this attachment. */
    CLOSE,
    /** Is sent back as a pong. */
    PING,
    /** The answer to a ping. */
    PONG,
    /** The first entry each way. */
    HELLO,
    /** The node stops. */
    GOAWAY,
    /** A packet for many attachments. */
    BROADCAST,
    /** One that this version doesn't know, to be skipped. */
    UNKNOWN
}
