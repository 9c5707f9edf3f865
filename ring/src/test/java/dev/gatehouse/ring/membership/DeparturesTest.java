package dev.gatehouse.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.membership.Change.Kind;
import dev.gatehouse.ring.membership.MembershipEvent.Drained;
import dev.gatehouse.ring.membership.MembershipEvent.Left;
import dev.gatehouse.ring.membership.MembershipEvent.Lost;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.Standing;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Members that leave, are drained, or stay away; and changes that nobody finishes. */
class DeparturesTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void aLeavingMemberOwnsUntilItReportsItsTransfer() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Left("db1"));
        assertThat(scene.awaited()).containsExactly("db1");
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
        scene.report("db1", NodeState.EXPORTING, scene.transferId());
        assertThat(scene.has("db1")).isTrue();
        scene.finish();
        assertThat(scene.has("db1")).isFalse();
        assertThat(scene.owner("1")).contains("db2");
    }

    @Test
    void theImportersReportForALeavingMemberThatCrashes() {
        Scene scene = Scene.ofFourWithABackup();
        scene.tell(new Left("db1"));
        long before = scene.transferId();
        scene.tell(new Lost("db1"));
        assertThat(scene.standing("db1")).isEqualTo(Standing.COVERED);
        assertThat(scene.transferId()).isGreaterThan(before);
        assertThat(scene.awaited()).containsExactly("db3", "db4");
        scene.finish();
        assertThat(scene.has("db1")).isFalse();
    }

    @Test
    void aNodeThatJoinsAgainTakesBackItsLeave() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Left("db1"));
        scene.join("db1");
        assertThat(scene.pending()).isEmpty();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
    }

    @Test
    void theLastMemberLeavesAtOnce() {
        Scene scene = Scene.of("db1");
        scene.tell(new Left("db1"));
        assertThat(scene.now.members()).isEmpty();
        assertThat(scene.pending()).isEmpty();
    }

    @Test
    void aNewcomerLeavesAtOnceThoughAnotherChangeIsPending() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        scene.join("db3");
        scene.tell(new Left("db3"));
        assertThat(scene.has("db3")).isFalse();
        assertThat(scene.queue()).isEmpty();
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db2"));
    }

    @Test
    void aDrainedMemberIsOutsideAndStaysOutsideWhenItReturns() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Drained("db1", true));
        assertThat(scene.member("db1").draining()).isTrue();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
        assertThat(scene.awaited()).containsExactly("db1");
        scene.finish();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OUTSIDE);
        scene.tell(new Lost("db1"));
        scene.join("db1");
        scene.report("db1", NodeState.NORMAL, 0);
        assertThat(scene.standing("db1")).isEqualTo(Standing.OUTSIDE);
        assertThat(scene.pending()).isEmpty();
    }

    @Test
    void aResumedMemberTakesItsKeysBack() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Drained("db1", true));
        scene.finish();
        scene.tell(new Drained("db1", false));
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db1"));
        scene.finish();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
    }

    @Test
    void aResumeDropsTheDrainThatIsUnderWay() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Drained("db1", true));
        scene.tell(new Drained("db1", false));
        assertThat(scene.pending()).isEmpty();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
    }

    @Test
    void aDrainedMemberThatCrashesMeanwhileGoesOutsideByItsImportersReports() {
        Scene scene = Scene.ofFourWithABackup();
        scene.tell(new Drained("db1", true));
        scene.tell(new Lost("db1"));
        assertThat(scene.pending()).contains(new Change(Kind.DRAIN, "db1"));
        assertThat(scene.awaited()).containsExactly("db3", "db4");
        scene.finish();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OUTSIDE);
    }

    @Test
    void aMemberThatIsDownForTenMinutesIsTakenOffItsRing() {
        Scene scene = Scene.ofFourWithABackup();
        scene.tell(new Lost("db1"));
        assertThat(scene.now.deadlineMillis(scene.settings)).hasValue(scene.clockMillis() + TEN_MINUTES.toMillis());
        scene.pass(TEN_MINUTES.minusMillis(1));
        assertThat(scene.pending()).isEmpty();
        scene.pass(Duration.ofMillis(1));
        assertThat(scene.pending()).contains(new Change(Kind.LEAVE, "db1"));
        assertThat(scene.awaited()).containsExactly("db3", "db4");
        scene.finish();
        assertThat(scene.has("db1")).isFalse();
        assertThat(scene.now.deadlineMillis(scene.settings)).isEmpty();
    }

    @Test
    void aRemovalIsCurrentAtOnceWhereThoseWhoCoverGoOnOwning() {
        Scene scene = Scene.of("db1", "db2", "db3");
        scene.tell(new Lost("db1"));
        Optional<String> owner = scene.owner("1");
        scene.pass(TEN_MINUTES);
        assertThat(scene.has("db1")).isFalse();
        assertThat(scene.pending()).isEmpty();
        assertThat(scene.owner("1")).isEqualTo(owner);
    }

    @Test
    void aReturnStopsTheRemoval() {
        Scene scene = Scene.ofFourWithABackup();
        scene.tell(new Lost("db1"));
        scene.pass(TEN_MINUTES);
        scene.join("db1");
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db1"));
        scene.finish();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
    }

    @Test
    void aNewcomerThatStaysAwayIsForgotten() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        scene.tell(new Lost("db2"));
        scene.pass(TEN_MINUTES);
        assertThat(scene.has("db2")).isFalse();
    }

    @Test
    void aJoinThatNobodyReportsIsDroppedAndTriedAgainWithTheNextState() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        scene.pass(TEN_MINUTES.minusMillis(1));
        assertThat(scene.pending()).isPresent();
        scene.pass(Duration.ofMillis(1));
        assertThat(scene.pending()).isEmpty();
        assertThat(scene.standing("db2")).isEqualTo(Standing.OUTSIDE);
        scene.report("db2", NodeState.PREPARING, 0);
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db2"));
    }

    @Test
    void aDroppedChangeLetsTheNextOneBegin() {
        Scene scene = Scene.of("db1");
        scene.join("db2");
        scene.join("db3");
        scene.pass(TEN_MINUTES);
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db3"));
    }

    @Test
    void aDrainAndALeaveThatNobodyReportsAreDroppedAndMoveNothing() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Drained("db1", true));
        scene.pass(TEN_MINUTES);
        assertThat(scene.member("db1").draining()).isFalse();
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
        scene.tell(new Left("db1"));
        scene.pass(TEN_MINUTES);
        assertThat(scene.standing("db1")).isEqualTo(Standing.OWNER);
        assertThat(scene.pending()).isEmpty();
    }

    @Test
    void aRemovalThatNobodyReportsIsTriedAgainTenMinutesLater() {
        Scene scene = Scene.ofFourWithABackup();
        scene.tell(new Lost("db1"));
        scene.pass(TEN_MINUTES);
        scene.pass(TEN_MINUTES);
        assertThat(scene.pending()).isEmpty();
        assertThat(scene.standing("db1")).isEqualTo(Standing.COVERED);
        scene.pass(TEN_MINUTES);
        assertThat(scene.pending()).contains(new Change(Kind.LEAVE, "db1"));
    }
}
