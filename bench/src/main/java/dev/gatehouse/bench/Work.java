package dev.gatehouse.bench;

/**
 * What each client does: so many messages in flight, of so many bytes.
 *
 * @param payloadBytes 1 or more
 * @param inFlight 1 or more
 */
record Work(int payloadBytes, int inFlight) {
    /** The name as tables have it. */
    String label() {
        return (payloadBytes % 1024 == 0 ? payloadBytes / 1024 + " KB" : payloadBytes + " B") + ", " + inFlight
                + " in flight";
    }
}
