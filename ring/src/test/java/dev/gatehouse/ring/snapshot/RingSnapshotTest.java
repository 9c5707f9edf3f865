package dev.gatehouse.ring.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingSnapshotTest {
    private static final RingMember GAME = RingMember.owner(Node.of("game1", "game", "127.0.0.1", 7001));

    private static RingSnapshot snapshot(long version, List<RingMember> members) {
        return RingSnapshot.of(new RingVersion(1, version), RingSettings.DEFAULT, members, Optional.empty());
    }

    @Test
    void holdsARingForEachService() {
        List<RingMember> members = new ArrayList<>(new RandomMembers(1).equal(3));
        members.add(GAME);
        RingSnapshot snapshot = snapshot(1, members);
        assertThat(snapshot.services()).containsExactly("db", "game");
        assertThat(snapshot.ring("game").owner("1")).contains(GAME);
        assertThat(snapshot.ring("db").members()).hasSize(3).doesNotContain(GAME);
        assertThat(snapshot.ring("chat").owner("1")).isEmpty();
        assertThat(snapshot.member("game1")).contains(GAME);
        assertThat(snapshot.member("game2")).isEmpty();
        assertThat(snapshot.ring("game")).isSameAs(snapshot.ring("game"));
    }

    @Test
    void refusesTwoMembersOfOneId() {
        assertThatThrownBy(() -> snapshot(1, List.of(GAME, GAME)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("members: game1 twice (expected: distinct ids)");
    }

    @Test
    void refusesMorePointsThanARingMayHave() {
        RingSettings settings = new RingSettings(RingAlgorithm.XXH64, 65_536, 0);
        List<RingMember> members = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> RingMember.owner(new Node("db" + i, "", "db", "host", 7000, 100, List.of())))
                .toList();
        assertThatThrownBy(() -> RingSnapshot.of(RingVersion.NONE, settings, members, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("members: 19660800 points of db (expected: at most 16777216)");
        assertThat(RingSnapshot.of(RingVersion.NONE, settings, members.subList(0, 2), Optional.empty())
                        .services())
                .containsExactly("db");
    }

    @Test
    void takesOverARingWhoseOwnersAreTheSameWithItsMembersOfNow() {
        RingSnapshot before = snapshot(1, List.of(GAME));
        assertThat(before.ring("game").owner("1")).contains(GAME);
        RingMember importing = GAME.in(NodeState.IMPORTING);
        RingSnapshot after = snapshot(2, List.of(importing)).reusing(before);
        assertThat(after.version()).isEqualTo(new RingVersion(1, 2));
        assertThat(after.ring("game").owner("1")).contains(importing);
        assertThat(after.ring("game").arcs()).isEqualTo(before.ring("game").arcs());
    }

    @Test
    void laysARingAnewWhoseOwnersDiffer() {
        RingSnapshot before = snapshot(1, List.of(GAME));
        assertThat(before.ring("game").owner("1")).contains(GAME);
        RingSnapshot after =
                snapshot(2, List.of(GAME.standing(Standing.OUTSIDE))).reusing(before);
        assertThat(after.ring("game").owner("1")).isEmpty();
        RingSettings stathat = new RingSettings(RingAlgorithm.STATHAT, 1024, 0);
        RingSnapshot other = RingSnapshot.of(new RingVersion(1, 3), stathat, List.of(GAME), Optional.empty());
        assertThat(other.reusing(before).ring("game").hash("1")).isEqualTo(GoConsistent.crc32("1"));
    }

    @Test
    void ringsAreOrderedByEpochThenVersion() {
        assertThat(new RingVersion(2, 1)).isGreaterThan(new RingVersion(1, 9));
        assertThat(new RingVersion(1, 10)).isGreaterThan(new RingVersion(1, 9));
        assertThat(new RingVersion(1, 9).next())
                .isEqualByComparingTo(new RingVersion(1, 10))
                .hasToString("1.10");
    }
}
