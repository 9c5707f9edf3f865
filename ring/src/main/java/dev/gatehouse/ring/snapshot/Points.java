package dev.gatehouse.ring.snapshot;

import java.util.Arrays;

/**
 * Points on the circle, upwards.
 *
 * @param positions unsigned, each greater than the one before
 * @param seats whose point it is, by number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Points(long[] positions, int[] seats) {
    /** No points. */
    static final Points NONE = new Points(new long[0], new int[0]);

    int count() {
        return positions.length;
    }

    /** The length of the arc that ends at a point; 0 for the whole circle, where there is one point only. Unsigned. */
    long arc(int point) {
        return positions[point] - positions[point == 0 ? count() - 1 : point - 1];
    }

    /**
     * Points in their order; of several on one position the one with the smallest seat stays.
     *
     * <p>Hashes are even over the circle, so that buckets by the upper bits, as many as points, hold about one point each: a distribution
     * sort puts nearly all in their places, and an insertion sort the rest (Knuth, volume 3, 5.2.5). That is several times as fast as a
     * sort by comparison, and carries the seats along.
     */
    static Points sorted(long[] positions, int[] seats) {
        int count = positions.length;
        int shift = shift(count);
        int[] next = new int[(1 << (Long.SIZE - shift)) + 1];
        for (long position : positions) {
            next[(int) (position >>> shift) + 1]++;
        }
        for (int bucket = 1; bucket < next.length; bucket++) {
            next[bucket] += next[bucket - 1];
        }
        Points sorted = new Points(new long[count], new int[count]);
        for (int i = 0; i < count; i++) {
            int place = next[(int) (positions[i] >>> shift)]++;
            sorted.positions[place] = positions[i];
            sorted.seats[place] = seats[i];
        }
        sorted.insertionSort();
        return sorted.distinct();
    }

    /** How far a position is shifted to be the number of its bucket: 2^(64 - shift) buckets, at least as many as points and two. */
    static int shift(int points) {
        return Long.SIZE - Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, points - 1)));
    }

    private void insertionSort() {
        for (int i = 1; i < count(); i++) {
            long position = positions[i];
            int seat = seats[i];
            int place = i;
            while (place > 0 && isBefore(position, seat, place - 1)) {
                positions[place] = positions[place - 1];
                seats[place] = seats[place - 1];
                place--;
            }
            positions[place] = position;
            seats[place] = seat;
        }
    }

    private boolean isBefore(long position, int seat, int other) {
        int order = Long.compareUnsigned(position, positions[other]);
        return order < 0 || (order == 0 && seat < seats[other]);
    }

    private Points distinct() {
        int kept = 0;
        for (int i = 0; i < count(); i++) {
            if (kept == 0 || positions[i] != positions[kept - 1]) {
                positions[kept] = positions[i];
                seats[kept++] = seats[i];
            }
        }
        return kept == count() ? this : new Points(Arrays.copyOf(positions, kept), Arrays.copyOf(seats, kept));
    }
}
