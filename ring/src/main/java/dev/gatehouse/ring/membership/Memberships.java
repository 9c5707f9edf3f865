package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.snapshot.RingVersion;
import java.util.List;
import java.util.Optional;

/**
 * All members of all services, and what changes about them. Immutable; {@link #after} is a pure function of this state, an event and the
 * time. It is what a coordinator stores, whole, before it publishes {@link #snapshot}: records of texts, numbers and lists only.
 *
 * @param version the ring's; grows by one with every change that RING shows, and with nothing else
 * @param lastTransferId the greatest that was given; 0 for none
 * @param members in the order of their ids
 * @param pending the change under way
 * @param queue the changes that wait for it, in their order
 */
public record Memberships(
        RingVersion version,
        long lastTransferId,
        List<Membership> members,
        Optional<PendingChange> pending,
        List<Change> queue) {
    /** Nobody yet, before the first epoch. */
    public static final Memberships NONE = new Memberships(RingVersion.NONE, 0, List.of(), Optional.empty(), List.of());
}
