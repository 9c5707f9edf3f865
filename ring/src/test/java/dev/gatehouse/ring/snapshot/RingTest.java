package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final RingSettings SMALL = new RingSettings(RingAlgorithm.XXH64, 16, 0);

    private static List<String> ids(List<RingMember> members) {
        return members.stream().map(RingMember::id).toList();
    }

    @Test
    void nobodyOwnsAnEmptyRing() {
        Ring ring = Ring.of("db", SMALL, List.of());
        assertThat(ring.owner("1")).isEmpty();
        assertThat(ring.preferenceList("1", 3)).isEmpty();
        assertThat(ring.arcs()).isEmpty();
        assertThat(ring.shares()).isEmpty();
    }

    @Test
    void nobodyOwnsWhereAllAreDown() {
        RingMember down = new RandomMembers(1).equal(1).getFirst().standing(Standing.COVERED);
        Ring ring = Ring.of("db", SMALL, List.of(down));
        assertThat(ring.owner("1")).isEmpty();
        assertThat(ring.preferenceList("1", 3)).isEmpty();
        assertThat(ring.arcs()).isEmpty();
        assertThat(ring.shares()).isEmpty();
    }

    @Test
    void onePointHasTheWholeCircle() {
        RingMember alone = new RandomMembers(1).equal(1).getFirst();
        Ring ring = Ring.of("db", new RingSettings(RingAlgorithm.XXH64, 1, 10), List.of(alone));
        assertThat(ring.shares()).containsEntry(alone.id(), 1.0);
        assertThat(ring.arcs()).singleElement().extracting(Arc::owner).isEqualTo(alone.id());
    }

    @Test
    void thePreferenceListBeginsWithTheOwnerAndNamesEachOwnerOnce() {
        for (long seed = 1; seed <= 200; seed++) {
            RandomMembers random = new RandomMembers(seed);
            RingSettings settings = random.settings();
            Ring ring = Ring.of("db", settings, random.any(8));
            String key = random.key();
            List<String> owners = ids(ring.members().stream()
                    .filter(member -> member.standing() == Standing.OWNER)
                    .toList());
            List<String> all = ids(ring.preferenceList(key, 100));
            assertThat(all).as("seed %d", seed).isSubsetOf(owners).doesNotHaveDuplicates();
            assertThat(all.stream().findFirst()).isEqualTo(ring.owner(key).map(RingMember::id));
            assertThat(ids(ring.preferenceList(key, 2))).isEqualTo(all.subList(0, Math.min(2, all.size())));
        }
    }

    @Test
    void aKeyGoesToTheNextOfItsPreferenceListWhenItsOwnerIsOutside() {
        List<RingMember> members = new RandomMembers(3).weighted(8, 3);
        Ring ring = Ring.of("db", SMALL, members);
        for (int user = 0; user < 500; user++) {
            List<RingMember> preferred = ring.preferenceList(Integer.toString(user), 2);
            List<RingMember> rest = new ArrayList<>(members);
            rest.remove(preferred.getFirst());
            assertThat(Ring.of("db", SMALL, rest).owner(Integer.toString(user))).contains(preferred.getLast());
        }
    }

    @Test
    void refusesANegativeCount() {
        assertThatThrownBy(() -> Ring.of("db", SMALL, List.of()).preferenceList("1", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count: -1 (expected: 0 or more)");
    }

    @Test
    void arcsCoverTheCircleOnceAndSayWhoOwns() {
        Ring ring = Ring.of("db", SMALL, new RandomMembers(5).weighted(5, 3));
        List<Arc> arcs = ring.arcs();
        for (int i = 0; i < arcs.size(); i++) {
            Arc next = arcs.get((i + 1) % arcs.size());
            assertThat(arcs.get(i).range().end()).isEqualTo(next.range().start());
            assertThat(arcs.get(i).owner()).isNotEqualTo(next.owner());
            assertThat(ring.owner(arcs.get(i).range().end()))
                    .map(RingMember::id)
                    .contains(arcs.get(i).owner());
        }
        assertThat(ring.shares().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isBetween(0.999, 1.001);
    }

    @Test
    void withoutABoundAChangeOfOneMemberMovesOnlyKeysToOrFromIt() {
        for (long seed = 1; seed <= 300; seed++) {
            RandomMembers random = new RandomMembers(seed);
            List<RingMember> members = random.weighted(10, 3);
            RingMember one = members.get((int) seed % 10);
            List<RingMember> others =
                    members.stream().filter(m -> !m.equals(one)).toList();
            Ring with = Ring.of("db", SMALL, members);
            Ring without = Ring.of("db", SMALL, others);
            assertThat(without.transfersTo(with)).isNotEmpty().allMatch(t -> t.to().equals(one.id()));
            assertThat(with.transfersTo(without))
                    .isNotEmpty()
                    .allMatch(t -> t.from().equals(Optional.of(one.id())));
        }
    }

    @Test
    void ofTwoMembersOnOnePointTheFirstHasIt() {
        Points points = Points.sorted(new long[] {7, -1, 7, 3}, new int[] {1, 2, 0, 1});
        assertThat(points.positions()).containsExactly(3, 7, -1);
        assertThat(points.seats()).containsExactly(1, 0, 2);
    }

    @Test
    void pointsAlikeInTheirUpperBitsAreToldApart() {
        Points points = Points.sorted(new long[] {0x1001, 0x1002, 0x1004}, new int[] {0, 1, 2});
        OwnerIndex index = new OwnerIndex(points, new int[] {4, 5, 6}, 500);
        assertThat(LongStream.rangeClosed(0x1000, 0x1005).mapToInt(index::find)).containsExactly(0, 0, 1, 2, 2, 0);
        assertThat(IntStream.range(0, 3).map(index::owner)).containsExactly(4, 5, 6);
        assertThat(index.find(-1)).isZero();
    }
}
