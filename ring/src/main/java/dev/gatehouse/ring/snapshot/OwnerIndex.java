package dev.gatehouse.ring.snapshot;

/**
 * Finds the first point at or after a position, and who owns what is before it. A table by the upper bits of positions, small enough for a
 * processor's near cache, says where a few points begin of which one is it; a look-up reads one more line of memory:
 *
 * <pre>
 *  entry of a point   | upper bits of its position | owner |
 *                      63                           bits  0
 * </pre>
 *
 * <p>A look-up costs what it misses in caches: a binary search over a million points would miss twenty times.
 */
final class OwnerIndex {
    /** So many points share an entry of the table, as a power of two: about a line of memory. */
    private static final int BUCKET_BITS = 3;

    private final long[] positions;
    private final long[] entries;
    private final int bits;
    private final int nobody;
    private final int shift;
    private final int[] first;

    /** An index of points with the owner of each, of so many seats. */
    OwnerIndex(Points points, int[] owners, int seats) {
        positions = points.positions();
        nobody = seats;
        bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(seats));
        entries = new long[points.count()];
        for (int point = 0; point < entries.length; point++) {
            int owner = owners[point] == Layout.NOBODY ? nobody : owners[point];
            entries[point] = positions[point] >>> bits << bits | owner;
        }
        shift = Points.shift(points.count() >>> BUCKET_BITS);
        first = new int[1 << (Long.SIZE - shift)];
        int point = 0;
        for (int bucket = 0; bucket < first.length; bucket++) {
            while (point < positions.length && positions[point] >>> shift < bucket) {
                point++;
            }
            first[bucket] = point;
        }
    }

    /** The number of the first point at or after a position, the first of all if there is none; there must be points. */
    int find(long position) {
        int point = first[(int) (position >>> shift)];
        long upper = position >>> bits;
        while (point < entries.length && entries[point] >>> bits < upper) {
            point++;
        }
        // Alike in their upper bits, which is rare: now all bits count.
        while (point < entries.length
                && entries[point] >>> bits == upper
                && Long.compareUnsigned(positions[point], position) < 0) {
            point++;
        }
        return point == entries.length ? 0 : point;
    }

    /** The seat that owns the arc before a point, or {@link Layout#NOBODY}. */
    int owner(int point) {
        int owner = (int) (entries[point] & ((1L << bits) - 1));
        return owner == nobody ? Layout.NOBODY : owner;
    }
}
