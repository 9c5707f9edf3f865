package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many of 1,000,000 keys a change of one member moves, over 100 random memberships of 10. */
class MovedKeysTest {
    private static final int MEMBERSHIPS = 100;
    private static final int MEMBERS = 10;
    private static final double MOST = 1.15;

    private static Ring ring(List<RingMember> members) {
        return Ring.of("db", RingSettings.DEFAULT, members);
    }

    private static double weights(List<RingMember> members) {
        return members.stream().mapToInt(member -> member.node().weight()).sum();
    }

    /** The part of all keys that move from one ring to the other. */
    private static double moved(Ring before, Ring after) {
        return before.transfersTo(after).stream()
                        .mapToDouble(transfer -> ManyKeys.in(transfer.range()))
                        .sum()
                / ManyKeys.COUNT;
    }

    /** One of them leaves, and comes back: only its own keys move. */
    private static void check(List<RingMember> members, long seed) {
        RingMember one = members.get((int) (seed % members.size()));
        List<RingMember> others = new ArrayList<>(members);
        others.remove(one);
        Ring with = ring(members);
        Ring without = ring(others);
        assertThat(with.transfersTo(without))
                .as("who gives, seed %d", seed)
                .allMatch(transfer -> transfer.from().orElseThrow().equals(one.id()));
        assertThat(without.transfersTo(with))
                .as("who takes, seed %d", seed)
                .allMatch(transfer -> transfer.to().equals(one.id()));
        double ideal = one.node().weight() / weights(members);
        assertThat(moved(with, without)).as("moved by a leave, seed %d", seed).isLessThanOrEqualTo(MOST * ideal);
        assertThat(moved(without, with)).as("moved by a join, seed %d", seed).isLessThanOrEqualTo(MOST * ideal);
    }

    @Test
    void aChangeOfOneOfEqualMembersMovesLittleMoreThanItsShare() {
        for (long seed = 1; seed <= MEMBERSHIPS; seed++) {
            check(new RandomMembers(seed).equal(MEMBERS), seed);
        }
    }

    @Test
    void aChangeOfOneOfWeightedMembersMovesLittleMoreThanItsShare() {
        for (long seed = 1; seed <= MEMBERSHIPS; seed++) {
            check(new RandomMembers(seed).weighted(MEMBERS, 5), seed);
        }
    }
}
