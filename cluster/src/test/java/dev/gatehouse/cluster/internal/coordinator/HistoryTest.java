package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import dev.gatehouse.ring.snapshot.Transfer;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The checker itself: each test shows it one history that must not be. */
class HistoryTest {
    private static final RingSettings SETTINGS = new RingSettings(RingAlgorithm.XXH64, 64, 0);
    private static final RingMember A = RingMember.owner(Node.of("a", "db", "h", 1));
    private static final RingMember B = RingMember.owner(Node.of("b", "db", "h", 2));
    private static final RingMember C = RingMember.owner(Node.of("c", "db", "h", 3));
    private static final Object COORDINATOR = new Object();

    private final History history = new History();

    @Test
    void catchesTwoPublishersOfAnEpoch() {
        publish(rings(1, 1, A));
        catches("who publishes in epoch 1", () -> history.published(new Object(), rings(1, 2, A), 0));
    }

    @Test
    void catchesRingsThatGoBack() {
        publish(rings(1, 7, A));
        catches("in their order", () -> publish(rings(1, 6, A)));
    }

    @Test
    void catchesAnObserverThatGoesBack() {
        publish(rings(1, 1, A));
        publish(rings(1, 2, A));
        history.observed("gateway", rings(1, 2, A));
        catches("what gateway sees after 1.2", () -> history.observed("gateway", rings(1, 1, A)));
    }

    @Test
    void catchesTwoRingsOfOneVersion() {
        publish(rings(1, 1, A, B));
        catches("members in 1.1", () -> history.observed("gateway", rings(1, 1, A)));
    }

    @Test
    void catchesRingsThatNobodyPublished() {
        catches("which were published", () -> history.observed("gateway", rings(1, 1, A)));
    }

    @Test
    void catchesTheEleventhRingInASecond() {
        for (int version = 1; version <= 10; version++) {
            publish(rings(1, version, A));
        }
        catches("eleven rings in a row", () -> publish(rings(1, 11, A)));
    }

    @Test
    void catchesAKeyThatMovesBetweenMembersThatStay() {
        publish(rings(1, 1, A, B, C));
        RingSnapshot others = RingSnapshot.of(
                new RingVersion(1, 3),
                new RingSettings(RingAlgorithm.XXH64, 65, 0),
                List.of(A, B, C),
                Optional.empty());
        catches("because one of these changed", () -> publish(others));
    }

    @Test
    void catchesAMoveThatWasNotAnnounced() {
        publish(rings(1, 1, A, B, C.standing(Standing.OUTSIDE)));
        catches("as its transfers said", () -> publish(rings(1, 2, A, B, C)));
    }

    @Test
    void catchesAMoveThatWasAnnouncedInPart() {
        RingSnapshot after = rings(1, 2, A, B, C);
        RingSnapshot before = rings(1, 1, A, B, C.standing(Standing.OUTSIDE));
        List<Transfer> transfers = before.ring("db").transfersTo(after.ring("db"));
        publish(RingSnapshot.of(
                before.version(),
                SETTINGS,
                before.members(),
                Optional.of(new PendingTransfers(1, transfers.subList(0, transfers.size() / 2)))));
        catches("as its transfers said", () -> publish(after));
    }

    @Test
    void letsPassWhatWasAnnounced() {
        RingSnapshot after = rings(1, 2, A, B, C);
        RingSnapshot before = rings(1, 1, A, B, C.standing(Standing.OUTSIDE));
        List<Transfer> transfers = before.ring("db").transfersTo(after.ring("db"));
        publish(RingSnapshot.of(
                before.version(), SETTINGS, before.members(), Optional.of(new PendingTransfers(1, transfers))));
        publish(after);
        history.observed("gateway", after);
    }

    private static RingSnapshot rings(long epoch, long version, RingMember... members) {
        return RingSnapshot.of(new RingVersion(epoch, version), SETTINGS, List.of(members), Optional.empty());
    }

    private void publish(RingSnapshot rings) {
        history.published(COORDINATOR, rings, 0);
    }

    private static void catches(String what, ThrowingCallable fault) {
        assertThatThrownBy(fault).isInstanceOf(AssertionError.class).hasMessageContaining(what);
    }
}
