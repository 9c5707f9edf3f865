package dev.gatehouse.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RingRegistryTest extends RegistryContract {
    private final RingMember one = RingMember.owner(Node.of("one", "game", "127.0.0.1", 7001));
    private final RingMember two = RingMember.owner(Node.of("two", "game", "127.0.0.1", 7002));
    private final RingRegistry rings = new RingRegistry();

    @Override
    protected Registry registry(List<Member> members) {
        RingRegistry registry = new RingRegistry();
        registry.accept(snapshot(new RingVersion(1, members.size()), owners(members)));
        return registry;
    }

    /** As a coordinator, gives other members another version. */
    @Override
    protected void change(Registry registry, List<Member> members) {
        RingRegistry changed = (RingRegistry) registry;
        RingVersion version = changed.rings("game").orElseThrow().version();
        boolean same = registry.members("game").equals(members);
        changed.accept(snapshot(same ? version : version.next(), owners(members)));
    }

    private static List<RingMember> owners(List<Member> members) {
        return members.stream()
                .map(member -> RingMember.owner(Node.of(member.id(), "game", member.host(), member.port())))
                .toList();
    }

    private static RingSnapshot snapshot(RingVersion version, List<RingMember> members) {
        return RingSnapshot.of(version, RingSettings.DEFAULT, members, Optional.empty());
    }

    private RingVersion current() {
        return rings.rings("game").orElseThrow().version();
    }

    @Test
    void hasRingsWithNobodyInThemFromTheBeginning() {
        assertThat(current()).isEqualTo(RingVersion.NONE);
        assertThat(rings.members("game")).isEmpty();
    }

    @Test
    void passesOverWhatIsNoNewer() {
        assertThat(rings.accept(snapshot(new RingVersion(2, 7), List.of(one)))).isTrue();
        List<String> heard = new ArrayList<>();
        rings.subscribe(heard::add);
        assertThat(rings.accept(snapshot(new RingVersion(1, 9), List.of(two)))).isFalse();
        assertThat(rings.accept(snapshot(new RingVersion(2, 7), List.of(two)))).isFalse();
        assertThat(current()).isEqualTo(new RingVersion(2, 7));
        assertThat(rings.members("game")).extracting(Member::id).containsExactly("one");
        assertThat(heard).isEmpty();
    }

    @Test
    void tellsEachServiceThatIsOrWasThere() {
        rings.accept(snapshot(new RingVersion(1, 1), List.of(one)));
        List<String> heard = new ArrayList<>();
        rings.subscribe(heard::add);
        RingMember chat = RingMember.owner(Node.of("c", "chat", "127.0.0.1", 7003));
        rings.accept(snapshot(new RingVersion(1, 2), List.of(chat)));
        assertThat(heard).containsExactly("chat", "game");
    }

    @Test
    void namesWhoOwnsOrIsDownButNotWhoIsOutside() {
        RingMember down = two.in(NodeState.DOWN).standing(Standing.COVERED);
        rings.accept(snapshot(new RingVersion(1, 1), List.of(one, down)));
        assertThat(rings.members("game"))
                .containsExactly(Member.of("one", "127.0.0.1", 7001), Member.of("two", "127.0.0.1", 7002));
        rings.accept(snapshot(new RingVersion(1, 2), List.of(one, two.standing(Standing.OUTSIDE))));
        assertThat(rings.members("game")).extracting(Member::id).containsExactly("one");
    }
}
