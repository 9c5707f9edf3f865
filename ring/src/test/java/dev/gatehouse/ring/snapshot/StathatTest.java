package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;

class StathatTest {
    private static final RingSettings STATHAT = new RingSettings(RingAlgorithm.STATHAT, 1024, 0);

    private static String mark(RingMember member) {
        return member.node().address() + ":" + member.node().port();
    }

    @Test
    void agreesWithTheGoPackageOnTenThousandKeysInAHundredMemberships() {
        for (int seed = 1; seed <= 100; seed++) {
            RandomMembers random = new RandomMembers(seed);
            List<RingMember> members = random.weighted(1 + seed % 20, 3);
            Ring ring = Ring.of("db", STATHAT, members);
            GoConsistent go = new GoConsistent();
            members.stream().map(StathatTest::mark).sorted().forEach(go::add);
            for (int i = 0; i < 10_000; i++) {
                String key = random.key();
                String owner = mark(ring.owner(key).orElseThrow());
                if (!owner.equals(go.get(key))) {
                    fail("%s belongs to %s, not to %s (seed %d)", key, go.get(key), owner, seed);
                }
            }
        }
    }

    @Test
    void aKeyOnAPointBelongsToTheNextOne() {
        Ring ring = Ring.of("db", STATHAT, new RandomMembers(1).equal(3));
        for (Arc arc : ring.arcs()) {
            assertThat(ring.owner(arc.range().start())).map(RingMember::id).contains(arc.owner());
            assertThat(ring.owner(arc.range().end())).map(RingMember::id).isNotEqualTo(arc.owner());
        }
    }

    @Test
    void theLaterOfTwoMembersTakesAPointOfBoth() {
        String earlier = "9b76067b";
        String later = "ab254660";
        long point = GoConsistent.crc32("10" + later + ":7000");
        assertThat(GoConsistent.crc32("0" + earlier + ":7000")).isEqualTo(point);
        for (List<RingMember> members :
                List.of(List.of(at("a", earlier), at("b", later)), List.of(at("a", later), at("b", earlier)))) {
            assertThat(Ring.of("db", STATHAT, members).owner(point - 1))
                    .hasValueSatisfying(
                            owner -> assertThat(owner.node().address()).isEqualTo(later));
        }
    }

    private static RingMember at(String id, String address) {
        return RingMember.owner(Node.of(id, "db", address, 7000));
    }
}
