package dev.gatehouse.net.message;

/**
 * A payload that isn't a message. Its text says what is wrong and where, without any of the payload: it is logged. Without a
 * stack trace: any stranger can cause it.
 */
public final class MessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MessageException(String message) {
        super(message, null, false, false);
    }
}
