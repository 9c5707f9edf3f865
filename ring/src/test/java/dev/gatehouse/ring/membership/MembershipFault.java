package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.membership.MembershipEvent.Drained;
import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Left;
import dev.gatehouse.ring.membership.MembershipEvent.Lost;
import dev.gatehouse.ring.membership.MembershipEvent.Reported;
import dev.gatehouse.ring.membership.MembershipEvent.Started;
import dev.gatehouse.ring.membership.MembershipEvent.TimePassed;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A world with a fault in one rule, which {@link MembershipRules} must catch. */
record MembershipFault(String name, World.Parts parts) {
    @Override
    public String toString() {
        return name;
    }

    static Stream<MembershipFault> all() {
        return Stream.of(faultsOfEvents(), faultsOfResults(), faultsOfTimes(), faultsOfLimits(), faultsOfTheWorld())
                .flatMap(faults -> faults);
    }

    /** The machine takes an event for another. */
    private static Stream<MembershipFault> faultsOfEvents() {
        return Stream.of(
                takes(
                        "a report of any transfer counts",
                        (now, event) ->
                                event instanceof Reported r ? new Reported(r.id(), r.state(), pendingId(now)) : event),
                takes(
                        "a report by anybody counts",
                        (now, event) -> event instanceof Reported r
                                        && now.pending().isPresent()
                                ? new Reported(now.pending().get().awaited().first(), r.state(), r.transferId())
                                : event),
                takes(
                        "a report of any state counts",
                        (now, event) -> event instanceof Reported r
                                ? new Reported(r.id(), NodeState.NORMAL, r.transferId())
                                : event),
                takes("a crash is passed over", (now, event) -> event instanceof Lost ? new TimePassed() : event),
                takes("a drain is passed over", (now, event) -> event instanceof Drained ? new TimePassed() : event),
                takes("a leave is passed over", (now, event) -> event instanceof Left ? new TimePassed() : event),
                takes("a leave is a crash", (now, event) -> event instanceof Left left ? new Lost(left.id()) : event));
    }

    /** The machine makes something else of an event. */
    private static Stream<MembershipFault> faultsOfResults() {
        return Stream.of(
                makes("the version stays", Object.class, (before, after) -> version(after, before.version())),
                makes(
                        "a start keeps the epoch",
                        Started.class,
                        (before, after) -> version(
                                after, new RingVersion(1, after.version().version()))),
                makes(
                        "a start begins with version 0",
                        Started.class,
                        (before, after) ->
                                version(after, new RingVersion(after.version().epoch(), 0))),
                makes("whoever joins owns", Joined.class, (before, after) -> standing(after, Standing.OWNER)),
                makes(
                        "a crashed member goes on owning",
                        Lost.class,
                        (before, after) -> standing(after, Standing.OWNER)),
                makes(
                        "a crashed member's points go",
                        Lost.class,
                        (before, after) -> standings(
                                after,
                                m -> m.isDown() ? m.after(Change.Kind.DRAIN).orElseThrow() : m)),
                makes(
                        "a crash leaves the pending change",
                        Lost.class,
                        (before, after) -> new Memberships(
                                after.version(),
                                before.lastTransferId(),
                                after.members(),
                                before.pending(),
                                after.queue())),
                makes(
                        "a change moves keys before it is reported",
                        Object.class,
                        (before, after) -> after.pending()
                                .map(p -> adopted(after, p.change()))
                                .orElse(after)),
                makes(
                        "a dropped change moves keys",
                        TimePassed.class,
                        (before, after) -> before.pending()
                                .filter(p -> !before.pending().equals(after.pending()))
                                .map(p -> adopted(after, p.change()))
                                .orElse(after)),
                makes(
                        "a transfer is missing",
                        Object.class,
                        (before, after) -> pending(
                                after,
                                p -> new PendingTransfers(
                                        p.transferId(),
                                        p.transfers().stream().skip(1).toList()))),
                makes(
                        "a transfer id is used again",
                        Object.class,
                        (before, after) -> pending(after, p -> new PendingTransfers(1, p.transfers()))));
    }

    private static Stream<MembershipFault> faultsOfTimes() {
        Duration never = Duration.ofDays(1000);
        return Stream.of(
                new MembershipFault(
                        "a change waits for ever",
                        machine((state, event, s, now) -> state.after(
                                event,
                                new MembershipSettings(
                                        s.ring(),
                                        s.removeAfter(),
                                        never,
                                        s.membersMax(),
                                        s.pointsMax(),
                                        s.ringBytesMax()),
                                now))),
                new MembershipFault(
                        "a member is down for ever",
                        machine((state, event, s, now) -> state.after(
                                event,
                                new MembershipSettings(
                                        s.ring(),
                                        never,
                                        s.dropAfter(),
                                        s.membersMax(),
                                        s.pointsMax(),
                                        s.ringBytesMax()),
                                now))));
    }

    private static Stream<MembershipFault> faultsOfLimits() {
        return Stream.of(
                new MembershipFault(
                        "RING may be of any length",
                        machine((state, event, s, now) ->
                                state.after(event, s.withRingBytesMax(MembershipSettings.RING_BYTES_MAX), now))),
                makes(
                        "a change waits though there is room",
                        TimePassed.class,
                        (before, after) -> before.pending().isEmpty()
                                ? after.pending()
                                        .map(p -> waiting(after, p.change()))
                                        .orElse(after)
                                : after),
                new MembershipFault(
                        "there may be any number of members",
                        machine((state, event, s, now) -> state.after(
                                event,
                                new MembershipSettings(
                                        s.ring(), s.removeAfter(), s.dropAfter(), 1000, 1 << 20, s.ringBytesMax()),
                                now))));
    }

    private static Stream<MembershipFault> faultsOfTheWorld() {
        return Stream.of(
                new MembershipFault("the store doesn't compare", new World.Parts(Memberships::after, false, true)),
                new MembershipFault("watchers don't compare", new World.Parts(Memberships::after, true, false)));
    }

    private static World.Parts machine(Machine machine) {
        return new World.Parts(machine, true, true);
    }

    private static MembershipFault takes(String name, BiFunction<Memberships, MembershipEvent, MembershipEvent> other) {
        return new MembershipFault(
                name, machine((state, event, settings, now) -> state.after(other.apply(state, event), settings, now)));
    }

    private static MembershipFault makes(String name, Class<?> of, BinaryOperator<Memberships> other) {
        return new MembershipFault(name, machine((state, event, settings, now) -> {
            Memberships after = state.after(event, settings, now);
            return of.isInstance(event) ? other.apply(state, after) : after;
        }));
    }

    private static long pendingId(Memberships memberships) {
        return memberships.pending().map(p -> p.moved().transferId()).orElse(0L);
    }

    private static Memberships version(Memberships of, RingVersion version) {
        return new Memberships(version, of.lastTransferId(), of.members(), of.pending(), of.queue());
    }

    private static Memberships standing(Memberships of, Standing standing) {
        return standings(
                of,
                m -> new Membership(
                        m.member().standing(standing), m.announced(), m.leaving(), m.asking(), m.downSinceMillis()));
    }

    private static Memberships standings(Memberships of, UnaryOperator<Membership> change) {
        List<Membership> members = of.members().stream().map(change).toList();
        return new Memberships(of.version(), of.lastTransferId(), members, of.pending(), of.queue());
    }

    private static Memberships adopted(Memberships of, Change change) {
        Roll roll = new Roll(of.members());
        roll.adopt(change);
        return new Memberships(
                of.version(), of.lastTransferId(), List.copyOf(roll.all()), Optional.empty(), of.queue());
    }

    private static Memberships waiting(Memberships of, Change change) {
        return new Memberships(of.version(), of.lastTransferId(), of.members(), Optional.empty(), List.of(change));
    }

    private static Memberships pending(Memberships of, UnaryOperator<PendingTransfers> change) {
        return new Memberships(
                of.version(),
                of.lastTransferId(),
                of.members(),
                of.pending()
                        .map(p -> new PendingChange(p.change(), change.apply(p.moved()), p.awaited(), p.sinceMillis())),
                of.queue());
    }
}
