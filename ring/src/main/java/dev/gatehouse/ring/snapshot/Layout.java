package dev.gatehouse.ring.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Seats laid on the circle: who owns the arc before each point. */
final class Layout {
    /** Whose everything is where nobody owns. */
    static final int NOBODY = -1;

    private final RingSettings settings;
    private final List<Seat> seats;
    /** None where nobody owns. */
    private final Points points;

    private final OwnerIndex index;
    private final List<Optional<String>> ids;

    /** Lays seats, which are in the order of their ids. */
    Layout(RingSettings settings, List<Seat> seats) {
        this.settings = settings;
        this.seats = List.copyOf(seats);
        ids = seats.stream().map(seat -> Optional.of(seat.id())).toList();
        points = seats.stream().anyMatch(Seat::owner) ? Circle.of(settings).points(seats) : Points.NONE;
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

    /** The seat that owns the arc before a point. */
    int owner(int point) {
        return index.owner(point);
    }

    /** The id of the member that owns the arc before a point. */
    Optional<String> ownerId(int point) {
        return ids.get(index.owner(point));
    }

    /** The seat that owns what looks for its point from a position, or {@link #NOBODY}. */
    int ownerAt(long position) {
        return points.count() == 0 ? NOBODY : index.owner(index.find(position));
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
