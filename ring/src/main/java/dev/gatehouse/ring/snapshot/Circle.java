package dev.gatehouse.ring.snapshot;

import java.util.List;

/**
 * How an algorithm lays keys and members on the circle. Positions are unsigned and the same for all algorithms: a key belongs to the first point
 * at or after its position, over the top where there is none.
 */
interface Circle {
    /** The circle of these settings. */
    static Circle of(RingSettings settings) {
        return switch (settings.algorithm()) {
            case XXH64 -> new Xxh64Circle(settings.points());
            case STATHAT -> new StathatCircle();
        };
    }

    /** A key's hash, as the algorithm has it; unsigned. */
    long hash(String key);

    /** Where a key of this hash looks for its point. */
    long position(long hash);

    /** The hash that stands for a point's position at the ends of a range. */
    long hashAt(long position);

    /** What a node's points are hashed from. */
    String mark(Node node);

    /** A node's weight, as far as the algorithm knows weights. */
    int weight(Node node);

    /** The points of all seats, which are in the order of their ids. */
    Points points(List<Seat> seats);

    /** The seat of a member that isn't outside. */
    default Seat seat(RingMember member) {
        boolean owner = member.standing() == Standing.OWNER;
        Node node = member.node();
        return new Seat(node.id(), mark(node), weight(node), owner, owner ? List.of() : node.backups());
    }
}
