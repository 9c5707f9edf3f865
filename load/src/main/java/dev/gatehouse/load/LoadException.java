package dev.gatehouse.load;

/** A load can't go on: none of its clients could connect. The message is one sentence that says why. */
public final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadException(String message) {
        super(message);
    }

    LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
