package dev.gatehouse.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final int USERS = 100_000;
    private final List<Member> three = List.of(member("a", 1), member("b", 1), member("c", 1));

    @Test
    void userHashGivesEqualMembersEqualShares() {
        Map<String, Integer> shares = shares(Placement.userHash(), three);
        assertThat(shares.values()).allSatisfy(n -> assertThat(n).isBetween(USERS / 3 - 1000, USERS / 3 + 1000));
    }

    @Test
    void userHashFollowsWeights() {
        Map<String, Integer> shares = shares(Placement.userHash(), List.of(member("a", 1), member("b", 3)));
        assertThat(shares.get("b")).isBetween(USERS * 3 / 4 - 1000, USERS * 3 / 4 + 1000);
    }

    @Test
    void userHashMovesOnlyTheUsersOfAMemberThatGoes() {
        Placement placement = Placement.userHash();
        for (long user = 0; user < 10_000; user++) {
            String before = place(placement, user, "");
            String after = place(placement, user, "b");
            assertThat(after).isNotEqualTo("b");
            if (!before.equals("b")) {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Test
    void roundRobinTakesOneAfterTheOther() {
        Placement placement = Placement.roundRobin();
        List<String> ids =
                LongStream.range(0, 6).mapToObj(u -> place(placement, u, "")).toList();
        assertThat(ids).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void fixedNeverTakesAnother() {
        Placement placement = Placement.fixed("b");
        assertThat(place(placement, 1, "a")).isEqualTo("b");
        assertThat(placement.place(1, three, m -> !m.id().equals("b"))).isEmpty();
    }

    @Test
    void ringNamesTheOwnerOfTheDecimalNumberAndNobodyElse() {
        // The vector of PROTOCOLS.md, section 3.
        Ring ring = Ring.of(
                "db",
                RingSettings.DEFAULT,
                Stream.of("db1", "db2", "db3")
                        .map(id -> RingMember.owner(Node.of(id, "db", "127.0.0.1", 7000)))
                        .toList());
        Placement placement = Placement.ring(ring);
        List<Member> members = List.of(member("db1", 1), member("db2", 1), member("db3", 1));
        assertThat(LongStream.of(1, 42, 1000, 2, 9, 123_456_789, 7)
                        .mapToObj(user -> placement.place(user, members, m -> true))
                        .map(member -> member.orElseThrow().id()))
                .containsExactly("db2", "db2", "db2", "db1", "db1", "db1", "db3");
        assertThat(placement.place(1, members, m -> !m.id().equals("db2"))).isEmpty();
    }

    @Test
    void noUsableMemberIsNoMember() {
        assertThat(Placement.userHash().place(1, three, m -> false)).isEmpty();
        assertThat(Placement.roundRobin().place(1, three, m -> false)).isEmpty();
    }

    private String place(Placement placement, long user, String except) {
        return placement
                .place(user, three, m -> !m.id().equals(except))
                .orElseThrow()
                .id();
    }

    private static Map<String, Integer> shares(Placement placement, List<Member> members) {
        Map<String, Integer> shares = new HashMap<>();
        for (long user = 0; user < USERS; user++) {
            String id = placement.place(user, members, m -> true).orElseThrow().id();
            shares.merge(id, 1, Integer::sum);
        }
        return shares;
    }

    private static Member member(String id, int weight) {
        return new Member(id, "127.0.0.1", 7000, weight);
    }
}
