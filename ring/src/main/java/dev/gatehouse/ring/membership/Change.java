package dev.gatehouse.ring.membership;

/**
 * A change of one member's standing that moves keys, pending or in the queue. There is one of a member at most.
 *
 * @param kind what changes
 * @param id the member
 */
public record Change(Kind kind, String id) {
    /** What changes. */
    public enum Kind {
        /** A newcomer, a returned or a resumed member becomes an owner, as its node presents itself now. */
        JOIN,
        /** An operator's drain: the member's points are ignored from then on. */
        DRAIN,
        /** A planned departure, or the removal of a member that was down for too long: it goes off its ring. */
        LEAVE
    }
}
