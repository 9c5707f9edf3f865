package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingLength;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.Transfer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The members while a {@link Transition} works on them, and what a change of one would move. */
final class Roll {
    private final TreeMap<String, Membership> members = new TreeMap<>();

    Roll(List<Membership> members) {
        members.forEach(membership -> this.members.put(membership.id(), membership));
    }

    Collection<Membership> all() {
        return members.values();
    }

    Optional<Membership> find(String id) {
        return Optional.ofNullable(members.get(id));
    }

    void put(Membership membership) {
        members.put(membership.id(), membership);
    }

    /** Changes a member, if there is one of that id. */
    void update(String id, UnaryOperator<Membership> change) {
        members.computeIfPresent(id, (key, membership) -> change.apply(membership));
    }

    void updateAll(UnaryOperator<Membership> change) {
        members.replaceAll((id, membership) -> change.apply(membership));
    }

    void removeIf(Predicate<Membership> condition) {
        members.values().removeIf(condition);
    }

    /** Whether anything that decides what a change moves may be otherwise than it was. */
    boolean movesOtherwise(Change change, List<Membership> before) {
        return !footing(change, before).equals(footing(change, all()));
    }

    private List<Object> footing(Change change, Collection<Membership> members) {
        Optional<String> service = find(change.id()).map(m -> m.member().service());
        return members.stream()
                .filter(m -> service.equals(Optional.of(m.member().service())))
                .filter(m -> !m.isOutside() || m.id().equals(change.id()))
                .<Object>map(m ->
                        List.of(m.member().node(), m.announced(), m.member().standing()))
                .toList();
    }

    /** Lets a change be current. */
    void adopt(Change change) {
        members.computeIfPresent(
                change.id(), (id, membership) -> membership.after(change.kind()).orElse(null));
    }

    /** How long RING is at most with these members and no transfers, in bytes. */
    long ringLength() {
        return RingLength.ofHead()
                + members.values().stream()
                        .mapToLong(membership -> RingLength.of(membership.member()))
                        .sum();
    }

    /** Exactly what a change would move; nothing if there is no such member. */
    List<Transfer> transfers(Change change, RingSettings settings) {
        return find(change.id())
                .map(Membership::member)
                .map(RingMember::service)
                .map(service -> {
                    Roll next = new Roll(List.copyOf(all()));
                    next.adopt(change);
                    return ring(service, settings).transfersTo(next.ring(service, settings));
                })
                .orElse(List.of());
    }

    private Ring ring(String service, RingSettings settings) {
        return Ring.of(
                service,
                settings,
                members.values().stream()
                        .map(Membership::member)
                        .filter(member -> member.service().equals(service))
                        .toList());
    }

    /** Who has to report that these transfers are done: a member that gives its own away and goes, else all that take. */
    SortedSet<String> awaited(Change change, List<Transfer> transfers) {
        boolean goes = change.kind() != Change.Kind.JOIN;
        if (goes && find(change.id()).filter(Membership::isOwner).isPresent()) {
            return new TreeSet<>(List.of(change.id()));
        }
        TreeSet<String> importers = new TreeSet<>();
        transfers.forEach(transfer -> importers.add(transfer.to()));
        return importers;
    }
}
