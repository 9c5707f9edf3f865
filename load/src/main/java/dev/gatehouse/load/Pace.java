package dev.gatehouse.load;

/** How messages follow each other. Immutable. */
public sealed interface Pace {
    /**
     * A closed loop: each client keeps so many messages in flight, and sends the next for each answer. Says what a server can do; a
     * server that stalls is asked less, so its latency says little.
     *
     * @param inFlight 0..65536; 0 for clients that are only connected
     */
    static Pace closed(int inFlight) {
        return new Closed(inFlight);
    }

    /**
     * An open loop: messages at even intervals, whatever the server does, going round the connected clients. Latency counts from when a
     * message was due, so a stall shows in all messages that came due meanwhile (no coordinated omission).
     *
     * @param messagesPerSecond of all clients together, above 0 and at most 10 million
     */
    static Pace open(double messagesPerSecond) {
        return new Open(messagesPerSecond);
    }

    /** A closed loop. */
    record Closed(int inFlight) implements Pace {
        public Closed {
            Arguments.inRange("inFlight", inFlight, 0, 1 << 16);
        }
    }

    /** An open loop. */
    record Open(double messagesPerSecond) implements Pace {
        private static final double MAX = 10e6;

        public Open {
            if (!(messagesPerSecond > 0 && messagesPerSecond <= MAX)) {
                throw new IllegalArgumentException(
                        "messagesPerSecond: " + messagesPerSecond + " (expected: above 0, at most 10000000)");
            }
        }
    }
}
