package dev.gatehouse.ring.snapshot;

import java.util.Comparator;

/**
 * Which ring it is; a later ring is greater.
 *
 * @param epoch the coordinator's start or leadership that published it, from 1; 0 before the first
 * @param version from 0; only grows, over epochs too
 */
public record RingVersion(long epoch, long version) implements Comparable<RingVersion> {
    /** Before every ring that is published. */
    public static final RingVersion NONE = new RingVersion(0, 0);

    private static final Comparator<RingVersion> ORDER =
            Comparator.comparingLong(RingVersion::epoch).thenComparingLong(RingVersion::version);

    public RingVersion {
        if (epoch < 0 || version < 0) {
            throw new IllegalArgumentException("epoch, version: " + epoch + ", " + version + " (expected: 0 or more)");
        }
    }

    /** The next ring of the same epoch. */
    public RingVersion next() {
        return new RingVersion(epoch, version + 1);
    }

    @Override
    public int compareTo(RingVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "." + version;
    }
}
