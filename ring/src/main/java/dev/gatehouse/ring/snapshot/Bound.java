package dev.gatehouse.ring.snapshot;

import java.math.BigInteger;
import java.util.List;

/**
 * Bounded load: no member's part of the circle is more than (1 + b/100) of its weighted share. Going through the points upwards, each arc goes to its
 * owner while there is room, else to the next member upwards that owns and has room; where nobody has, it stays with its owner.
 *
 * <p>After Mirrokni, Thorup and Zadimoghaddam, "Consistent hashing with bounded loads" (2018), with arcs in place of keys: so the owner of a key
 * is still a function of the ring alone.
 */
final class Bound {
    private static final BigInteger CIRCLE = BigInteger.ONE.shiftLeft(Long.SIZE);
    private static final BigInteger PERCENT = BigInteger.valueOf(100);

    private final List<Seat> seats;
    private final Points points;
    /** Which seats may have all of the circle, which is one more than room can say. */
    private final boolean[] unbounded;
    /** What each of the others may still take; unsigned. */
    private final long[] room;

    Bound(int percent, List<Seat> seats, Points points) {
        this.seats = seats;
        this.points = points;
        long weights =
                seats.stream().filter(Seat::owner).mapToLong(Seat::weight).sum();
        unbounded = new boolean[seats.size()];
        room = new long[seats.size()];
        for (int number = 0; number < room.length; number++) {
            Seat seat = seats.get(number);
            BigInteger most = seat.owner() ? most(percent, seat.weight(), weights) : BigInteger.ZERO;
            unbounded[number] = most.compareTo(CIRCLE) >= 0;
            room[number] = most.longValue();
        }
    }

    /** The most that a seat of this weight may have. */
    private static BigInteger most(int percent, int weight, long weights) {
        return CIRCLE.multiply(BigInteger.valueOf(100L + percent))
                .multiply(BigInteger.valueOf(weight))
                .divide(PERCENT.multiply(BigInteger.valueOf(weights)));
    }

    /** The owners with the bound, from those without. To be called once. */
    int[] owners(int[] withoutBound) {
        int[] owners = withoutBound.clone();
        if (owners.length < 2) {
            return owners;
        }
        for (int point = 0; point < owners.length; point++) {
            long arc = points.arc(point);
            int owner = withRoom(point, owners[point], arc);
            owners[point] = owner;
            room[owner] = hasRoom(owner, arc) ? room[owner] - arc : 0;
        }
        return owners;
    }

    private int withRoom(int point, int owner, long arc) {
        if (hasRoom(owner, arc)) {
            return owner;
        }
        for (int step = 1; step < points.count(); step++) {
            int seat = points.seats()[(point + step) % points.count()];
            if (seats.get(seat).owner() && hasRoom(seat, arc)) {
                return seat;
            }
        }
        return owner;
    }

    private boolean hasRoom(int seat, long arc) {
        return unbounded[seat] || Long.compareUnsigned(arc, room[seat]) <= 0;
    }
}
