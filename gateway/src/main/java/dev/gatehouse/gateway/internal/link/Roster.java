package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a registry says of a service at one time.
 *
 * @param members to whom links go
 * @param version which ring it is; {@link RingVersion#NONE} without one
 * @param ring the service's, if the registry has rings
 */
public record Roster(List<Member> members, RingVersion version, Optional<Ring> ring) {
    /** Nobody yet. */
    static final Roster EMPTY = new Roster(List.of(), RingVersion.NONE, Optional.empty());

    /** The ids of nodes that the ring says are down; without a ring it's for the links to find out. */
    Set<String> down() {
        return ring.stream()
                .flatMap(of -> of.members().stream())
                .filter(member -> member.state() == NodeState.DOWN)
                .map(RingMember::id)
                .collect(Collectors.toSet());
    }
}
