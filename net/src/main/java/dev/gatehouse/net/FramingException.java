package dev.gatehouse.net;

/** Bytes that can never become a frame. */
public final class FramingException extends RefusedException {
    private static final long serialVersionUID = 1L;

    /** A refusal for {@code reason}, explained by one sentence without payload. */
    public FramingException(CloseReason reason, String message) {
        super(reason, message);
    }

    static FramingException tooLarge(long bytes, int max) {
        return new FramingException(
                CloseReason.FRAME_TOO_LARGE, "frame of " + bytes + " bytes (expected: 0.." + max + ")");
    }
}
