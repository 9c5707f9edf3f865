package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** How even the load is over 100 random memberships of 10, with 1,000,000 keys each. */
class EvennessTest {
    private static final int MEMBERSHIPS = 100;
    private static final int MEMBERS = 10;

    private static RingSettings bounded(int percent) {
        return new RingSettings(RingAlgorithm.XXH64, 1024, percent);
    }

    /** The largest part of its weighted share that a member has, by keys. */
    private static double largestByKeys(Ring ring) {
        Map<String, Integer> keys = ManyKeys.byOwner(ring);
        assertThat(keys.values().stream().mapToInt(count -> count).sum()).isEqualTo(ManyKeys.COUNT);
        double weights = weights(ring);
        return ring.members().stream()
                .mapToDouble(
                        m -> keys.getOrDefault(m.id(), 0) * weights / m.node().weight() / ManyKeys.COUNT)
                .max()
                .orElseThrow();
    }

    /** The same by parts of the circle. */
    private static double largestByArcs(Ring ring) {
        double weights = weights(ring);
        SortedMap<String, Double> shares = ring.shares();
        return ring.members().stream()
                .mapToDouble(m ->
                        shares.getOrDefault(m.id(), 0.0) * weights / m.node().weight())
                .max()
                .orElseThrow();
    }

    private static double weights(Ring ring) {
        return ring.members().stream().mapToInt(m -> m.node().weight()).sum();
    }

    @Test
    void noEqualMemberHasMoreThan115PercentOfItsShare() {
        for (int seed = 1; seed <= MEMBERSHIPS; seed++) {
            Ring ring = Ring.of("db", RingSettings.DEFAULT, new RandomMembers(seed).equal(MEMBERS));
            assertThat(largestByKeys(ring)).as("seed %d", seed).isLessThanOrEqualTo(1.15);
        }
    }

    @Test
    void noWeightedMemberHasMoreThan115PercentOfItsShare() {
        for (int seed = 1; seed <= MEMBERSHIPS; seed++) {
            Ring ring = Ring.of("db", RingSettings.DEFAULT, new RandomMembers(seed).weighted(MEMBERS, 5));
            assertThat(largestByKeys(ring)).as("seed %d", seed).isLessThanOrEqualTo(1.15);
        }
    }

    @Test
    void withABoundOf10PercentNoMemberHasMoreThan110PercentOfItsShare() {
        for (int seed = 1; seed <= MEMBERSHIPS; seed++) {
            Ring equal = Ring.of("db", bounded(10), new RandomMembers(seed).equal(MEMBERS));
            assertThat(largestByKeys(equal)).as("keys, seed %d", seed).isLessThanOrEqualTo(1.1);
            Ring weighted = Ring.of("db", bounded(10), new RandomMembers(seed).weighted(MEMBERS, 5));
            assertThat(largestByKeys(weighted))
                    .as("keys, weighted, seed %d", seed)
                    .isLessThanOrEqualTo(1.1);
            assertThat(largestByArcs(weighted))
                    .as("arcs, weighted, seed %d", seed)
                    .isLessThanOrEqualTo(1.1);
        }
    }

    @Test
    void aBoundOf1PercentHoldsWhereNearlyAllMembersMeetIt() {
        for (int seed = 1; seed <= MEMBERSHIPS; seed++) {
            List<RingMember> members = new RandomMembers(seed).weighted(MEMBERS, 5);
            assertThat(largestByArcs(Ring.of("db", RingSettings.DEFAULT, members)))
                    .as("unbounded, seed %d", seed)
                    .isGreaterThan(1.01);
            assertThat(largestByArcs(Ring.of("db", bounded(1), members)))
                    .as("bounded, seed %d", seed)
                    .isLessThanOrEqualTo(1.01);
        }
    }
}
