package dev.gatehouse.protocol;

/**
 * A packet that ends its session, with the end reason. The message tells lengths and numbers of the format and never payload
 * data, so it can be logged. It has no stack trace: what the other side sends must not decide how much work an error is.
 */
public final class BadPacketException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final EndReason reason;

    /** A bad packet; the message is one short phrase without payload data. */
    public BadPacketException(EndReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The reason that the session ends with. */
    public EndReason reason() {
        return reason;
    }
}
