package dev.gatehouse.app.connect;

/** A command of a conversation failed; the message is one sentence that says why. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }

    CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
