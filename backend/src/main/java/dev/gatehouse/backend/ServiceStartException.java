package dev.gatehouse.backend;

/** A node couldn't start; the message is one sentence for the operator. */
public final class ServiceStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the sentence. */
    public ServiceStartException(String message) {
        super(message);
    }

    /** With the sentence, and what it comes from. */
    public ServiceStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
