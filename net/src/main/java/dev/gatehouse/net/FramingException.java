package dev.gatehouse.net;

/** Bytes that can never become a frame. Without a stack trace: any stranger can cause it. */
public final class FramingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    public FramingException(CloseReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static FramingException tooLarge(long bytes, int max) {
        return new FramingException(
                CloseReason.FRAME_TOO_LARGE, "frame of " + bytes + " bytes (expected: 0.." + max + ")");
    }

    /** What the connection is closed with. */
    public CloseReason reason() {
        return reason;
    }
}
