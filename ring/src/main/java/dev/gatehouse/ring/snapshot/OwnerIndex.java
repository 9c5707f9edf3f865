package dev.gatehouse.ring.snapshot;

/**
 * Finds the first point at or after a position, and who owns what is before it. With a million points a look-up costs what it misses in caches:
 * a binary search would miss twenty times. So the circle is cut into buckets of some 16 points by the upper bits of positions. A table that
 * stays in a near cache says where the points of a bucket begin, and these stand side by side, a word each:
 *
 * <pre>
 *  position | bucket | bits that follow | the rest |
 *  entry             | bits that follow | owner |
 *                     31                       0
 * </pre>
 */
final class OwnerIndex {
    private static final int POINTS_A_BUCKET = 16;

    private final long[] positions;
    private final int[] entries;
    private final int ownerBits;
    private final int shift;
    /** Where each bucket's points begin, and at last where all end. */
    private final int[] first;

    /** An index of points with the seat that owns the arc before each; there are so many seats. */
    OwnerIndex(Points points, int[] owners, int seats) {
        positions = points.positions();
        ownerBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(seats));
        shift = Points.shift(points.count() / POINTS_A_BUCKET);
        entries = new int[points.count()];
        first = new int[(1 << (Long.SIZE - shift)) + 1];
        for (int point = 0; point < entries.length; point++) {
            entries[point] = following(positions[point]) << ownerBits | owners[point];
            first[bucket(positions[point]) + 1] = point + 1;
        }
        for (int bucket = 1; bucket < first.length; bucket++) {
            first[bucket] = Math.max(first[bucket], first[bucket - 1]);
        }
    }

    private int bucket(long position) {
        return (int) (position >>> shift);
    }

    /** The bits of a position that an entry holds. */
    private int following(long position) {
        return (int) (position << (Long.SIZE - shift) >>> (Integer.SIZE + ownerBits));
    }

    /** The number of the first point at or after a position, the first of all if there is none; there must be points. */
    int find(long position) {
        int bucket = bucket(position);
        int following = following(position);
        int end = first[bucket + 1];
        int point = first[bucket];
        while (point < end && entries[point] >>> ownerBits < following) {
            point++;
        }
        // Alike in all that an entry holds, which is rare.
        while (point < end
                && entries[point] >>> ownerBits == following
                && Long.compareUnsigned(positions[point], position) < 0) {
            point++;
        }
        return point == entries.length ? 0 : point;
    }

    /** The seat that owns the arc before a point. */
    int owner(int point) {
        return entries[point] & ((1 << ownerBits) - 1);
    }
}
