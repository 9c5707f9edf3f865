package dev.gatehouse.ring.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Seats laid on the circle: who owns the arc before each point. */
final class Layout {
    /** The owner of an arc that nobody owns. */
    static final int NOBODY = -1;

    private final RingSettings settings;
    private final List<Seat> seats;
    private final Points points;
    private final OwnerIndex index;
    private final List<Optional<String>> ids;

    /** Lays seats, which are in the order of their ids. */
    Layout(RingSettings settings, List<Seat> seats) {
        this.settings = settings;
        this.seats = List.copyOf(seats);
        ids = seats.stream().map(seat -> Optional.of(seat.id())).toList();
        points = Circle.of(settings).points(seats);
        int[] covered = Coverage.owners(seats, points);
        int[] owners = settings.boundPercent() == 0
                ? covered
                : new Bound(settings.boundPercent(), seats, points).owners(covered);
        index = new OwnerIndex(points, owners, seats.size());
    }

    /** Whether the same would come out of these. */
    boolean isOf(RingSettings settings, List<Seat> seats) {
        return this.settings.equals(settings) && this.seats.equals(seats);
    }

    List<Seat> seats() {
        return seats;
    }

    Points points() {
        return points;
    }

    /** The seat that owns the arc before a point, or {@link #NOBODY}. */
    int owner(int point) {
        return index.owner(point);
    }

    /** The id of the member that owns the arc before a point. */
    Optional<String> ownerId(int point) {
        int owner = owner(point);
        return owner == NOBODY ? Optional.empty() : ids.get(owner);
    }

    /** The seat that owns what looks for its point from a position, or {@link #NOBODY}. */
    int ownerAt(long position) {
        return points.count() == 0 ? NOBODY : owner(index.find(position));
    }

    /** The seats met from a position upwards, once round, each as often as it has points. */
    IntStream seatsFrom(long position) {
        int count = points.count();
        if (count == 0) {
            return IntStream.empty();
        }
        int first = index.find(position);
        return IntStream.range(0, count).map(i -> points.seats()[(first + i) % count]);
    }
}
