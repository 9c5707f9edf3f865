package dev.gatehouse.cluster;

/** A coordinator couldn't be reached, or has refused; the message is a sentence for whoever operates it. */
public final class ClusterException extends RuntimeException {
    public ClusterException(String message) {
        super(message);
    }
}
