package dev.gatehouse.net;

/**
 * What a peer sent makes no sense; its connection ends with {@link #reason}. Without a stack trace, because any stranger can
 * cause it; the message holds no payload.
 */
public class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    /** A refusal for {@code reason}, explained by one sentence. */
    public RefusedException(CloseReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What the connection is closed with. */
    public CloseReason reason() {
        return reason;
    }
}
