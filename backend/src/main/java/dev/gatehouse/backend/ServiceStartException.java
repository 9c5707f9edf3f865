package dev.gatehouse.backend;

/** A node couldn't start; the message is one sentence for the operator. */
public final class ServiceStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServiceStartException(String message) {
        super(message);
    }

    ServiceStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
