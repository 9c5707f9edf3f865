package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.membership.Change.Kind;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingLength;
import dev.gatehouse.ring.snapshot.Standing;
import java.util.List;
import java.util.Optional;

/**
 * What room RING has for another member, or for the transfers of a change. How many transfers a change takes at most follows from points, without a ring
 * being laid; only where so many would be too many, they are worked out.
 */
final class RingRoom {
    private final Memberships now;
    private final MembershipSettings settings;

    RingRoom(Memberships now, MembershipSettings settings) {
        this.now = now;
        this.settings = settings;
    }

    /** Why there is no room for this node as a member; empty if there is. A node that is known may always return, as far as its change is concerned. */
    Optional<String> toJoin(Node node) {
        long pending = now.pending()
                .map(change -> RingLength.of(change.moved().transfers()))
                .orElse(0L);
        if (membersWith(node) + pending > settings.ringBytesMax()) {
            return Optional.of("there is no room for node " + node.id() + ": RING would be longer than "
                    + settings.ringBytesMax() + " bytes");
        }
        return now.member(node.id()).isPresent() ? Optional.empty() : toMove(new Change(Kind.JOIN, node.id()), node);
    }

    /** Why there is no room for what this owner would give away; empty if there is. */
    Optional<String> toGo(Membership owner) {
        return toMove(new Change(Kind.LEAVE, owner.id()), owner.member().node());
    }

    private Optional<String> toMove(Change change, Node node) {
        long members = membersWith(node);
        boolean room = members + most(node) <= settings.ringBytesMax()
                || members + exactly(change, node) <= settings.ringBytesMax();
        return room
                ? Optional.empty()
                : Optional.of("there is no room for the transfers of node " + node.id() + ": RING would be longer than "
                        + settings.ringBytesMax() + " bytes");
    }

    /** All members, with this node as it is now; the others as they are or will be, whichever is longer. */
    private long membersWith(Node node) {
        return RingLength.ofHead()
                + RingLength.of(node)
                + now.members().stream()
                        .filter(other -> !other.id().equals(node.id()))
                        .mapToLong(other -> Math.max(RingLength.of(other.member()), RingLength.of(other.announced())))
                        .sum();
    }

    /**
     * The most that may be transferred: one range for each of the node's points, as long as as many of others are between them, and two for each point of those
     * who are covered, as it may be their backup. Where load is bounded any arc may move.
     */
    private long most(Node node) {
        List<Membership> others = now.members().stream()
                .filter(other -> other.member().service().equals(node.service()) && !other.isOutside())
                .filter(other -> !other.id().equals(node.id()))
                .toList();
        long own = settings.ring().pointsOf(node);
        long ofOthers = points(others);
        long covered = points(others.stream()
                .filter(other -> other.member().standing() == Standing.COVERED)
                .toList());
        long ranges = settings.ring().boundPercent() > 0 ? own + ofOthers : 1 + Math.min(own, ofOthers) + 2 * covered;
        int longestId =
                others.stream().mapToInt(other -> other.id().length()).max().orElse(0);
        int longer = Math.max(longestId, node.id().length());
        return ranges * RingLength.ofTransfer(node.service().length(), longer, longer);
    }

    private long points(List<Membership> members) {
        return members.stream()
                .mapToLong(member -> settings.ring().pointsOf(member.member().node()))
                .sum();
    }

    private long exactly(Change change, Node node) {
        Roll roll = new Roll(now.members());
        if (roll.find(node.id()).isEmpty()) {
            roll.put(Membership.newcomer(node));
        }
        return RingLength.of(roll.transfers(change, settings.ring()));
    }
}
