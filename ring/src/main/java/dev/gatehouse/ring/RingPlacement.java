package dev.gatehouse.ring;

import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingMember;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** By the ring: while its owner can't be used, nobody serves a user, so that there are never two who do. */
final class RingPlacement implements Placement {
    private final Ring ring;
    private final Map<String, Member> byId;

    RingPlacement(Ring ring) {
        this.ring = ring;
        byId = ring.members().stream()
                .map(member -> Member.of(member.node()))
                .collect(Collectors.toMap(Member::id, Function.identity()));
    }

    @Override
    public Optional<Member> place(long user, List<Member> members, Predicate<Member> usable) {
        return ring.owner(Long.toString(user))
                .map(RingMember::id)
                .map(byId::get)
                .filter(usable);
    }
}
