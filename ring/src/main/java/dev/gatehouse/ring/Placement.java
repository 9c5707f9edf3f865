package dev.gatehouse.ring;

import dev.gatehouse.ring.snapshot.Ring;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which member serves a user. Any thread; must not block. */
@FunctionalInterface
public interface Placement {
    /**
     * Chooses among the members that can be used at the moment.
     *
     * @return the member, or empty if none of those that this placement allows is usable
     */
    Optional<Member> place(long user, List<Member> members, Predicate<Member> usable);

    /** The same user always goes to the same member, and moves only when that one is not usable; by weight. */
    static Placement userHash() {
        return new RendezvousPlacement();
    }

    /** One after the other, whoever the user is; weights are ignored. */
    static Placement roundRobin() {
        return new RoundRobinPlacement();
    }

    /** The owner that a ring names for the user's decimal number, and nobody else. */
    static Placement ring(Ring ring) {
        return new RingPlacement(ring);
    }

    /** Everybody to one member. */
    static Placement fixed(String id) {
        return (user, members, usable) ->
                members.stream().filter(m -> m.id().equals(id)).filter(usable).findFirst();
    }
}
