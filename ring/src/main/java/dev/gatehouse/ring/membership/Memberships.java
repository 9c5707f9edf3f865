package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * All members of all services, and what changes about them. Immutable; any thread. {@link #after} is a pure function of this state, an
 * event and the time. A coordinator stores it, whole, before it publishes its {@link #snapshot}: it is made of records, texts, numbers
 * and collections only. Times are of any clock that doesn't go back, and mean nothing after the next {@link MembershipEvent.Started}.
 *
 * <p>How a change goes (PROTOCOLS.md, section 3): what a member needs follows from what it is and what it should be. One change is pending at a time,
 * with exactly the transfers between the ring as it is and as it will be; others queue. It becomes current, all of it at once, when the members that
 * it awaits have reported; a change that moves no key is current at once. When something else changes the ring meanwhile (a crash), the pending
 * change is computed anew and has a new id; when its member doesn't need it any more it is dropped. One that RING has no room for waits in the queue until
 * there is, and lets others pass. Only {@link Membership#member} says who owns, so a
 * change that is dropped has moved nothing.
 *
 * @param version the ring's; grows by one with every change that RING shows, and with nothing else
 * @param lastTransferId the greatest that was given; 0 for none
 * @param members in the order of their ids
 * @param pending the change under way
 * @param queue the changes that wait for it, or for room, in their order
 */
public record Memberships(
        RingVersion version,
        long lastTransferId,
        List<Membership> members,
        Optional<PendingChange> pending,
        List<Change> queue) {
    /** Nobody yet, before the first epoch. */
    public static final Memberships NONE = new Memberships(RingVersion.NONE, 0, List.of(), Optional.empty(), List.of());

    public Memberships {
        members = List.copyOf(members);
        queue = List.copyOf(queue);
    }

    /**
     * What an event makes of this; this itself, if nothing at all. An event to which there is an {@link #objection}, or of a member that isn't there, does
     * nothing but let time pass.
     *
     * @throws IllegalArgumentException if a coordinator starts with an epoch that isn't above this one's
     */
    public Memberships after(MembershipEvent event, MembershipSettings settings, long nowMillis) {
        boolean refused = objection(event, settings).isPresent();
        Memberships next =
                new Transition(this, settings, nowMillis).apply(refused ? new MembershipEvent.TimePassed() : event);
        return next.equals(this) ? this : next;
    }

    /** Why an event is refused, in one sentence for its sender; empty if it isn't. */
    public Optional<String> objection(MembershipEvent event, MembershipSettings settings) {
        return new Admission(this, settings).objection(event);
    }

    /** Why a coordinator with these settings can't go on from this, in one sentence for its operator; empty if it can. With the settings that made it, it can. */
    public Optional<String> objection(MembershipSettings settings) {
        return new Admission(this, settings).toGoOn();
    }

    /** When {@link MembershipEvent.TimePassed} is due, on the clock of {@code nowMillis}; empty if nothing waits. */
    public OptionalLong deadlineMillis(MembershipSettings settings) {
        LongStream drop = pending.stream()
                .mapToLong(change -> change.sinceMillis() + settings.dropAfter().toMillis());
        LongStream removals = members.stream()
                .filter(membership -> membership.isDown() && !membership.leaving())
                .mapToLong(membership ->
                        membership.downSinceMillis() + settings.removeAfter().toMillis());
        return LongStream.concat(drop, removals).min();
    }

    /** The changes that wait because RING has no room for their transfers; while another one is pending nobody asks. */
    public List<Change> withoutRoom() {
        return pending.isEmpty() ? queue : List.of();
    }

    /** What is published of this. */
    public RingSnapshot snapshot(MembershipSettings settings) {
        return RingSnapshot.of(version, settings.ring(), ringMembers(), pending.map(PendingChange::moved));
    }

    /** The member of that id. */
    public Optional<Membership> member(String id) {
        return members.stream().filter(membership -> membership.id().equals(id)).findFirst();
    }

    /** Whether RING shows the same of both, but for the version. */
    boolean showsAs(Memberships other) {
        return pending.map(PendingChange::moved).equals(other.pending.map(PendingChange::moved))
                && ringMembers().equals(other.ringMembers());
    }

    private List<RingMember> ringMembers() {
        return members.stream().map(Membership::member).toList();
    }
}
