package dev.gatehouse.net;

/** A message that can't reach its peer any more, because the connection has ended. */
public final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    NotSentException(CloseReason reason) {
        super("not sent, the connection ended: " + reason, null, false, false);
        this.reason = reason;
    }

    /** Why the connection ended. */
    public CloseReason reason() {
        return reason;
    }
}
