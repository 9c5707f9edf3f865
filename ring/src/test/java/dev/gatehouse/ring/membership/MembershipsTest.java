package dev.gatehouse.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.ring.membership.Change.Kind;
import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Lost;
import dev.gatehouse.ring.membership.MembershipEvent.Reported;
import dev.gatehouse.ring.membership.MembershipEvent.Started;
import dev.gatehouse.ring.membership.MembershipEvent.TimePassed;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members that join, report, crash and return. */
class MembershipsTest {
    @Test
    void theFirstMemberTakesFromNobody() {
        Scene scene = new Scene(RingAlgorithm.XXH64);
        scene.join("db1");
        assertThat(scene.now.pending().orElseThrow().moved().transfers())
                .singleElement()
                .satisfies(transfer -> {
                    assertThat(transfer.from()).isEmpty();
                    assertThat(transfer.to()).isEqualTo("db1");
                });
        assertThat(scene.owner("1")).isEmpty();
        scene.finish();
        assertThat(scene.owner("1")).contains("db1");
    }

    @Test
    void aNewcomerOwnsNothingUntilItReportsItsTransfer() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        assertThat(scene.standing("db2")).isEqualTo(Standing.OUTSIDE);
        assertThat(scene.member("db2").state()).isEqualTo(NodeState.PREPARING);
        assertThat(scene.awaited()).containsExactly("db2");
        scene.report("db2", NodeState.IMPORTING, scene.transferId());
        assertThat(scene.member("db2").state()).isEqualTo(NodeState.IMPORTING);
        assertThat(scene.standing("db2")).isEqualTo(Standing.OUTSIDE);
        scene.report("db2", NodeState.NORMAL, scene.transferId());
        assertThat(scene.standing("db2")).isEqualTo(Standing.OWNER);
        assertThat(scene.pending()).isEmpty();
    }

    @Test
    void aReportOfAnotherTransferOrByAnotherMemberIsNotTheOneAwaited() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        scene.report("db2", NodeState.NORMAL, 0);
        scene.report("db2", NodeState.NORMAL, scene.transferId() - 1);
        scene.report("db2", NodeState.NORMAL, scene.transferId() + 1);
        scene.report("db1", NodeState.NORMAL, scene.transferId());
        assertThat(scene.standing("db2")).isEqualTo(Standing.OUTSIDE);
        assertThat(scene.awaited()).containsExactly("db2");
    }

    @Test
    void oneChangeIsPendingAtATimeAndOthersWaitInTheirOrder() {
        Scene scene = Scene.of("db1");
        scene.join("db4");
        scene.join("db3");
        scene.join("db2");
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db4"));
        assertThat(scene.queue()).containsExactly(new Change(Kind.JOIN, "db3"), new Change(Kind.JOIN, "db2"));
        long first = scene.transferId();
        scene.finish();
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db3"));
        assertThat(scene.transferId()).isGreaterThan(first);
    }

    @Test
    void aCrashedMemberIsCoveredAtOnce() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Lost("db1"));
        assertThat(scene.member("db1").state()).isEqualTo(NodeState.DOWN);
        assertThat(scene.standing("db1")).isEqualTo(Standing.COVERED);
        assertThat(scene.owner("1")).contains("db2");
        assertThat(scene.pending()).isEmpty();
    }

    @Test
    void aNodeThatReportsDownIsLost() {
        Scene scene = Scene.of("db1", "db2");
        scene.report("db1", NodeState.DOWN, 0);
        assertThat(scene.standing("db1")).isEqualTo(Standing.COVERED);
    }

    @Test
    void aMemberThatReturnsIsCoveredUntilItReportsItsTransfer() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Lost("db1"));
        scene.join("db1");
        assertThat(scene.standing("db1")).isEqualTo(Standing.COVERED);
        scene.report("db1", NodeState.NORMAL, 0);
        assertThat(scene.standing("db1")).isEqualTo(Standing.COVERED);
        assertThat(scene.now.pending().orElseThrow().moved().transfers())
                .allSatisfy(transfer -> assertThat(transfer.from()).contains("db2"));
        scene.finish();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
    }

    @Test
    void aNewcomerThatCrashesDropsItsJoinAndAsksAgainWhenItReturns() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        scene.tell(new Lost("db2"));
        assertThat(scene.pending()).isEmpty();
        assertThat(scene.standing("db2")).isEqualTo(Standing.OUTSIDE);
        scene.join("db2");
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db2"));
    }

    @Test
    void aCrashOfAMemberConcernedComputesTheChangeAnewWithANewId() {
        Scene scene = Scene.of("db1", "db2");
        scene.join("db3");
        long before = scene.transferId();
        scene.tell(new Lost("db1"));
        assertThat(scene.transferId()).isGreaterThan(before);
        assertThat(scene.now.pending().orElseThrow().moved().transfers())
                .noneMatch(transfer -> transfer.concerns("db1"));
        scene.report("db3", NodeState.NORMAL, before);
        assertThat(scene.standing("db3")).isEqualTo(Standing.OUTSIDE);
        scene.finish();
        assertThat(scene.standing("db3")).isEqualTo(Standing.OWNER);
    }

    @Test
    void aCrashElsewhereLeavesThePendingChangeAlone() {
        Scene scene = Scene.of("db1");
        scene.tell(new Joined(Node.of("game1", "game", "host", 7000)));
        scene.finish();
        scene.join("db2");
        long before = scene.transferId();
        scene.tell(new Lost("game1"));
        assertThat(scene.transferId()).isEqualTo(before);
    }

    @Test
    void aNewcomerLeavesThePendingChangeAlone() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        PendingChange before = scene.now.pending().orElseThrow();
        scene.join("db3");
        assertThat(scene.now.pending()).contains(before);
    }

    @Test
    void aNewcomerThatComesBackWithAnotherWeightHasItsTransfersComputedAnew() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        long before = scene.transferId();
        scene.tell(new Joined(new Node("db2", "db2", "db", "db2", 7000, 3, List.of())));
        assertThat(scene.transferId()).isGreaterThan(before);
    }

    @Test
    void aLateReportOfANodeThatIsDownChangesNothing() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Lost("db1"));
        Memberships before = scene.now;
        scene.report("db1", NodeState.NORMAL, 0);
        scene.report("nobody", NodeState.NORMAL, 0);
        scene.tell(new Lost("db1"));
        assertThat(scene.now).isSameAs(before);
    }

    @Test
    void aNodeThatOnlyLostItsConnectionMovesNothing() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Joined(new Node("db1", "renamed", "db", "elsewhere", 7001, 1, List.of("db2"))));
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
        assertThat(scene.member("db1").node().address()).isEqualTo("elsewhere");
        assertThat(scene.pending()).isEmpty();
    }

    @Test
    void anotherWeightWaitsForItsTransfers() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Joined(new Node("db1", "db1", "db", "elsewhere", 7001, 5, List.of())));
        assertThat(scene.member("db1").node().weight()).isEqualTo(1);
        assertThat(scene.member("db1").node().address()).isEqualTo("elsewhere");
        assertThat(scene.now.pending().orElseThrow().moved().transfers()).allMatch(t -> t.to().equals("db1"));
        scene.finish();
        assertThat(scene.member("db1").node().weight()).isEqualTo(5);
    }

    @Test
    void withStathatAnotherAddressIsCoveredAtTheOldOneUntilItsTransferIsCurrent() {
        Scene scene = new Scene(RingAlgorithm.STATHAT);
        scene.join("db1");
        scene.finish();
        scene.join("db2");
        scene.finish();
        scene.tell(new Joined(Node.of("db1", "db", "elsewhere", 7000)));
        assertThat(scene.standing("db1")).isEqualTo(Standing.COVERED);
        assertThat(scene.member("db1").node().address()).isEqualTo("db1");
        scene.finish();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
        assertThat(scene.member("db1").node().address()).isEqualTo("elsewhere");
    }

    @Test
    void aRestartTakesTheNextEpochAndMovesNothing() {
        Scene scene = Scene.of("db1", "db2");
        scene.join("db3");
        Memberships before = scene.now;
        scene.tell(new Started(2));
        assertThat(scene.now.version())
                .isEqualTo(new RingVersion(2, before.version().version() + 1));
        assertThat(scene.now.members()).isEqualTo(before.members());
        assertThat(scene.transferId())
                .isEqualTo(before.pending().orElseThrow().moved().transferId());
        assertThatThrownBy(() -> scene.tell(new Started(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epoch: 2 (expected: above 2)");
    }

    @Test
    void aRestartBeginsAllTimesAnew() {
        Scene scene = Scene.ofFourWithABackup();
        scene.tell(new Lost("db1"));
        scene.pass(Duration.ofMinutes(9));
        scene.tell(new Started(2));
        scene.pass(Duration.ofMinutes(9));
        assertThat(scene.queue()).isEmpty();
        assertThat(scene.pending()).isEmpty();
        scene.pass(Duration.ofMinutes(1));
        assertThat(scene.pending()).contains(new Change(Kind.LEAVE, "db1"));
    }

    @Test
    void aRestartTakesNothingFromTheClockOfBefore() {
        Scene scene = Scene.ofFourWithABackup();
        scene.tell(new Lost("db1"));
        scene.join("db5");
        long later = scene.clockMillis() + Duration.ofDays(1).toMillis();
        for (long clockMillis : new long[] {0, later}) {
            Memberships restarted = scene.now.after(new Started(2), scene.settings, clockMillis);
            assertThat(restarted.pending().map(PendingChange::change)).contains(new Change(Kind.JOIN, "db5"));
            assertThat(restarted.member("db1").orElseThrow().leaving()).isFalse();
            assertThat(restarted.deadlineMillis(scene.settings))
                    .hasValue(clockMillis + Duration.ofMinutes(10).toMillis());
        }
    }

    @Test
    void aRestartWithOtherSettingsComputesThePendingChangeAnew() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        MembershipSettings stathat = new Scene(RingAlgorithm.STATHAT).settings;
        Memberships restarted = scene.now.after(new Started(2), stathat, scene.clockMillis());
        assertThat(restarted.pending().orElseThrow().moved().transferId()).isGreaterThan(scene.transferId());
    }

    @Test
    void theVersionGrowsWithWhatTheRingShowsAndWithNothingElse() {
        Scene scene = Scene.ofFourWithABackup();
        scene.tell(new Lost("db1"));
        scene.pass(Duration.ofMinutes(10));
        assertThat(scene.awaited()).containsExactly("db3", "db4");
        RingVersion version = scene.now.version();
        scene.report("db3", NodeState.NORMAL, scene.transferId());
        assertThat(scene.awaited()).containsExactly("db4");
        assertThat(scene.now.version()).isEqualTo(version);
        scene.tell(new TimePassed());
        assertThat(scene.now.version()).isEqualTo(version);
        scene.report("db2", NodeState.EXPORTING, 0);
        assertThat(scene.now.version()).isEqualTo(version.next());
    }

    @Test
    void anEventThatChangesNothingGivesTheSameObject() {
        Scene scene = Scene.of("db1");
        Memberships before = scene.now;
        scene.tell(new TimePassed());
        scene.tell(new Reported("db1", NodeState.NORMAL, 0));
        assertThat(scene.now).isSameAs(before);
    }
}
