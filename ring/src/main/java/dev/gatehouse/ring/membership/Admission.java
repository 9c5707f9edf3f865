package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.membership.MembershipEvent.Drained;
import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Left;
import dev.gatehouse.ring.snapshot.Node;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is refused: who may join, be drained, or leave as planned. */
final class Admission {
    private final Memberships now;
    private final MembershipSettings settings;

    Admission(Memberships now, MembershipSettings settings) {
        this.now = now;
        this.settings = settings;
    }

    Optional<String> objection(MembershipEvent event) {
        return switch (event) {
            case Joined joined -> toJoin(joined.node());
            case Drained drained when drained.draining() -> toDrain(drained.id());
            case Drained drained when now.member(drained.id()).isEmpty() -> Optional.of(unknown(drained.id()));
            case Left left -> now.member(left.id()).flatMap(this::toGo);
            default -> Optional.empty();
        };
    }

    private Optional<String> toJoin(Node node) {
        Optional<Membership> known = now.member(node.id());
        if (known.filter(old -> !old.member().service().equals(node.service())).isPresent()) {
            return Optional.of("node " + node.id() + " is of the service "
                    + known.get().member().service() + ", not " + node.service());
        }
        if (known.isEmpty() && now.members().size() >= settings.membersMax()) {
            return Optional.of("there are " + settings.membersMax() + " members, the most that are allowed");
        }
        if (points(node) > settings.pointsMax()) {
            return Optional.of(
                    "the ring of " + node.service() + " would have more than " + settings.pointsMax() + " points");
        }
        return new RingRoom(now, settings).toJoin(node);
    }

    /** Why a coordinator with these settings can't go on from here: a service's ring would have too many points. */
    Optional<String> toGoOn() {
        return now.members().stream()
                .collect(Collectors.groupingBy(
                        member -> member.member().service(), TreeMap::new, Collectors.summingLong(this::points)))
                .entrySet()
                .stream()
                .filter(ring -> ring.getValue() > settings.pointsMax())
                .findFirst()
                .map(ring -> "the ring of " + ring.getKey() + " would have " + ring.getValue() + " points (expected: "
                        + settings.pointsMax() + " at most)");
    }

    /** The points of a service's ring with this node as it is now, the others as they are or will be, whichever are more. */
    private long points(Node node) {
        return settings.ring().pointsOf(node)
                + now.members().stream()
                        .filter(other -> other.member().service().equals(node.service()))
                        .filter(other -> !other.id().equals(node.id()))
                        .mapToLong(this::points)
                        .sum();
    }

    private long points(Membership member) {
        return Math.max(
                settings.ring().pointsOf(member.announced()),
                settings.ring().pointsOf(member.member().node()));
    }

    private Optional<String> toDrain(String id) {
        Optional<Membership> found = now.member(id);
        if (found.isEmpty()) {
            return Optional.of(unknown(id));
        }
        Membership membership = found.get();
        if (membership.isDown()) {
            return Optional.of("node " + id + " is down");
        }
        boolean othersOwn = now.members().stream()
                .filter(other -> !other.id().equals(id) && !other.member().draining() && !other.leaving())
                .filter(other ->
                        other.member().service().equals(membership.member().service()))
                .anyMatch(Membership::isOwner);
        return membership.isOwner() && !othersOwn
                ? Optional.of("node " + id + " is the last that owns keys of "
                        + membership.member().service())
                : toGo(membership);
    }

    /** Whoever owns nothing has nothing to give away. */
    private Optional<String> toGo(Membership membership) {
        return membership.isOwner() ? new RingRoom(now, settings).toGo(membership) : Optional.empty();
    }

    private static String unknown(String id) {
        return "there is no node " + id;
    }
}
