package dev.gatehouse.net;

/** More bytes wait for a peer than may; what was to be sent was not. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueFullException(int queueBytesMax) {
        super("the peer is slow: more than " + queueBytesMax + " bytes wait for it", null, false, false);
    }
}
