package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.membership.Change.Kind;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.Standing;
import java.util.Optional;

/**
 * A member, and what the coordinator keeps of it beyond the ring.
 *
 * @param member as the ring tells of it
 * @param announced how its node presents itself now; where that moves keys (another weight), the ring tells the old until a change is
 *     current
 * @param leaving whether it is to go off its ring: it said so, or was down for too long
 * @param asking whether it asks to be an owner; not after its change was dropped, until it reports again
 * @param downSinceMillis when it went down, on the coordinator's clock; 0 while it isn't down
 */
public record Membership(RingMember member, Node announced, boolean leaving, boolean asking, long downSinceMillis) {
    /** A node that nobody has met: outside, and asking. */
    static Membership newcomer(Node node) {
        return new Membership(new RingMember(node, NodeState.PREPARING, Standing.OUTSIDE, false), node, false, true, 0);
    }

    /** The node's id. */
    public String id() {
        return member.id();
    }

    boolean isDown() {
        return member.state() == NodeState.DOWN;
    }

    boolean isOwner() {
        return member.standing() == Standing.OWNER;
    }

    boolean isOutside() {
        return member.standing() == Standing.OUTSIDE;
    }

    /** The change that this member needs, by what it is and what it should be; none if it is that already. */
    Optional<Kind> needs() {
        if (leaving) {
            return Optional.of(Kind.LEAVE);
        }
        if (member.draining()) {
            return isOutside() ? Optional.empty() : Optional.of(Kind.DRAIN);
        }
        boolean asItShould = isOwner() && member.node().equals(announced);
        return asItShould || isDown() || !asking ? Optional.empty() : Optional.of(Kind.JOIN);
    }

    /**
     * It presents itself, on a new connection: what moves no key shows on the ring at once. An owner whose points are of an address that it has left is
     * covered.
     */
    Membership joined(Node node, RingAlgorithm algorithm) {
        boolean byAddress = algorithm == RingAlgorithm.STATHAT;
        boolean moved = byAddress && isOwner() && !isAt(node);
        Standing standing = moved ? Standing.COVERED : member.standing();
        Node shown = isOutside() ? node : shown(node, byAddress, standing);
        return new Membership(
                new RingMember(shown, NodeState.PREPARING, standing, member.draining()), node, false, true, 0);
    }

    private boolean isAt(Node node) {
        return node.address().equals(member.node().address())
                && node.port() == member.node().port();
    }

    /** The node, but what decides who owns is as it was. */
    private Node shown(Node node, boolean byAddress, Standing standing) {
        Node old = member.node();
        return new Node(
                node.id(),
                node.name(),
                node.service(),
                byAddress ? old.address() : node.address(),
                byAddress ? old.port() : node.port(),
                byAddress ? node.weight() : old.weight(),
                standing == Standing.OWNER ? node.backups() : old.backups());
    }

    /** Its node is gone: what it owns, others cover. */
    Membership lost(long nowMillis) {
        RingMember down = member.in(NodeState.DOWN).standing(isOwner() ? Standing.COVERED : member.standing());
        return new Membership(down, announced, leaving, asking, nowMillis);
    }

    /** It said what it is in. */
    Membership reported(NodeState state) {
        return new Membership(member.in(state), announced, leaving, true, downSinceMillis);
    }

    Membership leaving(boolean leaving) {
        return new Membership(member, announced, leaving, asking, downSinceMillis);
    }

    /** It is drained, or isn't any more and asks to be an owner again. */
    Membership draining(boolean draining) {
        return new Membership(member.draining(draining), announced, leaving, true, downSinceMillis);
    }

    Membership downSince(long nowMillis) {
        return new Membership(member, announced, leaving, asking, isDown() ? nowMillis : 0);
    }

    /** With its change current; empty if it is no member then. */
    Optional<Membership> after(Kind kind) {
        return switch (kind) {
            case JOIN -> Optional.of(with(member.as(announced).standing(Standing.OWNER)));
            case DRAIN -> Optional.of(with(member.as(announced).standing(Standing.OUTSIDE)));
            case LEAVE -> Optional.empty();
        };
    }

    /** With its change dropped: it is as it was, and nobody asks for the same again at once. */
    Membership without(Kind kind, long nowMillis) {
        return switch (kind) {
            case JOIN -> new Membership(member, announced, leaving, false, downSinceMillis);
            case DRAIN -> draining(false);
            case LEAVE -> leaving(false).downSince(nowMillis);
        };
    }

    private Membership with(RingMember member) {
        return new Membership(member, announced, leaving, asking, downSinceMillis);
    }
}
