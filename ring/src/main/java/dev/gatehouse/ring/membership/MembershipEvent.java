package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;

/** What happens to memberships. The coordinator tells; who may say so, and when a node counts as lost, is its business. */
public sealed interface MembershipEvent {
    /**
     * A coordinator has started or begun to lead. Members stay as they are, all times begin anew.
     *
     * @param epoch above every epoch before
     */
    record Started(long epoch) implements MembershipEvent {}

    /** A node has proved itself: a newcomer, one that returns, or one that has only lost its connection. It takes back its LEAVE. */
    record Joined(Node node) implements MembershipEvent {}

    /**
     * A node's STATE.
     *
     * @param id the node
     * @param state what it is in; {@link NodeState#DOWN} is taken as {@link Lost}
     * @param transferId the change that it speaks of; 0 for none
     */
    record Reported(String id, NodeState state, long transferId) implements MembershipEvent {}

    /** A node's LEAVE: a planned departure. The node stays a member until its change is current. */
    record Left(String id) implements MembershipEvent {}

    /** A node is down: its heartbeats are missing, its connection broke and it didn't return, or the grace period is over. */
    record Lost(String id) implements MembershipEvent {}

    /** An operator drains a member, or ends that. */
    record Drained(String id, boolean draining) implements MembershipEvent {}

    /** Nothing but time has passed. */
    record TimePassed() implements MembershipEvent {}
}
