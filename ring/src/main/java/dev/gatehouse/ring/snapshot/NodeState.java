package dev.gatehouse.ring.snapshot;

import java.util.Optional;

/** What a node reports of itself. It says nothing of who owns a key: that is {@link Standing}. */
public enum NodeState {
    /** Not there. */
    DOWN,
    /** At work. */
    NORMAL,
    /** It takes data in for a transfer. */
    IMPORTING,
    /** It has started and isn't ready yet; every node begins so. */
    PREPARING,
    /** It gives data away for a transfer. */
    EXPORTING;

    /** Its number in STATE and RING, 0..4. */
    public int number() {
        return ordinal();
    }

    /** The state of that number, or empty if there is none. */
    public static Optional<NodeState> of(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }
}
