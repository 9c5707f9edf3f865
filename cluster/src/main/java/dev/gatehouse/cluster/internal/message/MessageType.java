package dev.gatehouse.cluster.internal.message;

/** The type of a message, in the first field of its header. */
enum MessageType {
    VERIFY,
    VERIFIED,
    PING,
    PONG,
    STATE,
    RING,
    LEAVE,
    ERROR,
    DRAIN,
    DONE;

    int number() {
        return ordinal() + 1;
    }

    /** Whether its field {@code other} may hold a number. */
    boolean numbered() {
        return this == PING || this == PONG || this == DRAIN || this == DONE;
    }

    static MessageType of(long number) {
        if (number < 1 || number > values().length) {
            throw new MalformedMessageException("type: " + number + " (expected: 1.." + values().length + ")");
        }
        return values()[(int) number - 1];
    }
}
