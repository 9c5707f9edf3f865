package dev.gatehouse.cluster.internal.message;

import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingSnapshot;

/** One message between a coordinator and a participant. */
public sealed interface Message {
    /**
     * Participant to coordinator, once: who it is, and the proof that it knows the secret.
     *
     * @param nonce 32 hex digits
     * @param proof 64 hex digits
     */
    record Verify(Participant participant, String nonce, String proof) implements Message {}

    /**
     * Coordinator to participant: welcome.
     *
     * @param assignedId the participant's slot, from 0
     * @param pingIntervalMillis how often the coordinator pings
     * @param missesAllowed how many pings in a row may go unanswered
     * @param silenceMillis how long the coordinator may be silent before it counts as lost
     * @param proof that the coordinator knows the secret, 64 hex digits
     */
    record Verified(int assignedId, long pingIntervalMillis, int missesAllowed, long silenceMillis, String proof)
            implements Message {}

    /** Asks whether the other side lives; answered with a {@link Pong} of the same number. */
    record Ping(int number) implements Message {}

    /** The answer to a {@link Ping}. */
    record Pong(int number) implements Message {}

    /**
     * Node to coordinator: what it is in.
     *
     * @param transferId the change that it speaks of; 0 for none
     */
    record State(NodeState state, long transferId) implements Message {}

    /** Coordinator to every verified participant: all rings. */
    record Ring(RingSnapshot rings) implements Message {}

    /** Node to coordinator: a planned departure. */
    record Leave() implements Message {}

    /**
     * Coordinator to participant: why the connection is closed now.
     *
     * @param code a name of {@link dev.gatehouse.cluster.ErrorCode}, or of a later version's
     * @param leader for {@code NOT_LEADER} the address of the leader, where it is known; else empty
     */
    record Failure(String code, String text, String leader) implements Message {}

    /** Operator to coordinator: drain a node, or end that. The answer, {@link Done}, has the same number. */
    record Drain(int number, String id, boolean draining) implements Message {}

    /** Coordinator to operator: whether an order was accepted; what comes of it is seen in the rings. */
    record Done(int number, boolean ok, String text) implements Message {}
}
