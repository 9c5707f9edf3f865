package dev.gatehouse.ring.snapshot;

/**
 * Finds the first point at or after a position: a table by the upper bits of positions says where to begin, and since points are even over the
 * circle the one looked for is there or next to it.
 */
final class PointIndex {
    private final long[] positions;
    private final int shift;
    private final int[] first;

    PointIndex(Points points) {
        positions = points.positions();
        shift = shift(positions.length);
        first = new int[1 << (Long.SIZE - shift)];
        int point = 0;
        for (int bucket = 0; bucket < first.length; bucket++) {
            while (point < positions.length && positions[point] >>> shift < bucket) {
                point++;
            }
            first[bucket] = point;
        }
    }

    /** How far a position is shifted to be the number of its bucket: 2^(64 - shift) buckets, as many as points or up to twice as many. */
    static int shift(int points) {
        return Long.SIZE - Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, points - 1)));
    }

    /** The number of the first point at or after a position, the first of all if there is none; there must be points. */
    int find(long position) {
        int point = first[(int) (position >>> shift)];
        while (point < positions.length && Long.compareUnsigned(positions[point], position) < 0) {
            point++;
        }
        return point == positions.length ? 0 : point;
    }
}
