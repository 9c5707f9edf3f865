package dev.gatehouse.cluster.internal.message;

/** What came is no message. Its sentence names what is wrong, and tells nothing of the payload but numbers. */
public final class MalformedMessageException extends RuntimeException {
    MalformedMessageException(String message) {
        super(message, null, false, false);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
