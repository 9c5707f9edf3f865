package dev.gatehouse.ring.snapshot;

import java.util.Optional;

/** How a member stands on its ring: {@code placement} of RING, which alone says who owns, and which only the coordinator sets. */
public enum Standing {
    /** Its points are ignored: a newcomer whose transfer isn't current yet, or a member that is drained. */
    OUTSIDE,
    /** It owns what falls to its points. */
    OWNER,
    /** Its points stay and belong to its first backup that is an owner, else to the next owner clockwise: it was down. */
    COVERED;

    /** Its number in RING, 0..2. */
    public int number() {
        return ordinal();
    }

    /** The standing of that number, or empty if there is none. */
    public static Optional<Standing> of(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }
}
