package dev.gatehouse.cluster.store;

/** A store can't be used, or couldn't keep something; the message is a sentence for whoever operates it. */
public final class StoreException extends RuntimeException {
    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
