package dev.gatehouse.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.membership.Change.Kind;
import dev.gatehouse.ring.membership.MembershipEvent.Drained;
import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Left;
import dev.gatehouse.ring.membership.MembershipEvent.Lost;
import dev.gatehouse.ring.membership.MembershipEvent.Reported;
import dev.gatehouse.ring.membership.MembershipEvent.Started;
import dev.gatehouse.ring.membership.MembershipEvent.TimePassed;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingAlgorithm;
import dev.gatehouse.ring.snapshot.RingLength;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RING has a longest length: what it has no room for is refused, or waits, and moves nothing. */
class RingRoomTest {
    /** Three members that own, with names that take room. */
    private final Scene scene = new Scene(RingAlgorithm.XXH64);

    @BeforeEach
    void join() {
        for (String id : List.of("db1", "db2", "db3")) {
            scene.tell(new Joined(named(id, "n".repeat(200))));
            scene.finish();
        }
    }

    private static Node named(String id, String name) {
        return new Node(id, name, "db", id, 7000, 1, List.of());
    }

    private static Joined heavy(String id) {
        return new Joined(new Node(id, id, "db", id, 7000, 100, List.of()));
    }

    /** Room for the members, and so many bytes more. */
    private MembershipSettings room(int more) {
        long members = RingLength.ofHead()
                + scene.now.members().stream()
                        .mapToLong(membership -> RingLength.of(membership.member()))
                        .sum();
        return scene.settings.withRingBytesMax((int) members + more);
    }

    private void assertRefused(MembershipEvent event, MembershipSettings settings, String why) {
        assertThat(scene.now.objection(event, settings))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .isEqualTo(why + ": RING would be longer than " + settings.ringBytesMax() + " bytes"));
        assertThat(scene.now.after(event, settings, scene.clockMillis())).isSameAs(scene.now);
    }

    @Test
    void refusesANodeThatRingHasNoRoomFor() {
        assertRefused(new Joined(Node.of("db4", "db", "db4", 7000)), room(100), "there is no room for node db4");
    }

    @Test
    void refusesALongerNameOfAMember() {
        Node renamed = named("db1", "é".repeat(200));
        assertRefused(new Joined(renamed), room(100), "there is no room for node db1");
    }

    @Test
    void refusesANodeWhoseTransfersRingHasNoRoomFor() {
        assertRefused(heavy("db4"), room(2000), "there is no room for the transfers of node db4");
        assertThat(scene.now.objection(heavy("db4"), room(1 << 20))).isEmpty();
    }

    @Test
    void letsAFirstNodeOfManyPointsJoinBecauseItTakesOneRange() {
        Scene empty = Scene.of();
        assertThat(empty.now.objection(heavy("db1"), empty.settings.withRingBytesMax(1024)))
                .isEmpty();
    }

    @Test
    void countsExactlyWhereTheMostWouldBeTooMuch() {
        scene.tell(new Lost("db1"));
        Joined fourth = new Joined(Node.of("db4", "db", "db4", 7000));
        int member = (int) RingLength.of(fourth.node());
        Memberships with = scene.now.after(fourth, scene.settings, scene.clockMillis());
        long exactly = RingLength.of(with.pending().orElseThrow().moved().transfers());
        assertThat(scene.now.objection(fourth, room(member + (int) exactly))).isEmpty();
        assertRefused(fourth, room(member + (int) exactly - 1), "there is no room for the transfers of node db4");
    }

    @Test
    void refusesToDrainAndToLetGoWhoseTransfersRingHasNoRoomFor() {
        assertRefused(new Drained("db1", true), room(300), "there is no room for the transfers of node db1");
        assertRefused(new Left("db1"), room(300), "there is no room for the transfers of node db1");
        assertThat(scene.now.objection(new Left("db1"), room(1 << 20))).isEmpty();
    }

    @Test
    void refusesNobodyWhoReturns() {
        scene.tell(new Lost("db1"));
        assertThat(scene.now.objection(new Joined(named("db1", "n".repeat(200))), room(0)))
                .isEmpty();
    }

    @Test
    void aChangeWaitsInTheQueueAndMovesNothing() {
        scene.tell(new Lost("db1"));
        Optional<String> owner = scene.owner("1");
        tell(new Joined(named("db1", "n".repeat(200))), room(0));
        assertThat(scene.pending()).isEmpty();
        assertThat(scene.now.withoutRoom()).containsExactly(new Change(Kind.JOIN, "db1"));
        assertThat(scene.standing("db1")).isEqualTo(Standing.COVERED);
        assertThat(scene.owner("1")).isEqualTo(owner);
    }

    @Test
    void aJoinThatWaitsBeginsWhenThereIsRoomThoughItsNodeSaysNothing() {
        scene.tell(new Lost("db1"));
        Joined back = new Joined(named("db1", "n".repeat(200)));
        MembershipSettings tight = room(transfersOf(back) - 1);
        tell(back, tight);
        Memberships waiting = scene.now;
        assertThat(waiting.withoutRoom()).containsExactly(new Change(Kind.JOIN, "db1"));
        tell(new TimePassed(), tight);
        assertThat(scene.now).isSameAs(waiting);
        tell(new Joined(named("db2", "")), tight);
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db1"));
        assertThat(scene.queue()).isEmpty();
    }

    @Test
    void aDrainThatWaitsBeginsWhenAMemberHasGone() {
        int transfers = transfersOf(new Drained("db1", true));
        scene.join("db4");
        scene.tell(new Drained("db1", true));
        MembershipSettings tight = room(transfers - 1);
        tell(new Lost("db4"), tight);
        assertThat(scene.now.withoutRoom()).containsExactly(new Change(Kind.DRAIN, "db1"));
        assertThat(scene.member("db1").draining()).isTrue();
        scene.now = scene.now.after(
                new TimePassed(),
                tight,
                scene.clockMillis() + tight.removeAfter().toMillis());
        assertThat(scene.has("db4")).isFalse();
        assertThat(scene.pending()).contains(new Change(Kind.DRAIN, "db1"));
    }

    @Test
    void aChangeThatWaitsLetsOthersPass() {
        scene.tell(new Lost("db1"));
        MembershipSettings tight = room(0);
        tell(new Joined(named("db1", "n".repeat(200))), tight);
        Node game = Node.of("game1", "game", "game1", 7000);
        MembershipSettings wider = tight.withRingBytesMax(
                (int) (tight.ringBytesMax() + RingLength.of(game) + 2 * RingLength.ofTransfer(4, 4, 5)));
        tell(new Joined(game), wider);
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "game1"));
        assertThat(scene.queue()).containsExactly(new Change(Kind.JOIN, "db1"));
    }

    @Test
    void aChangeThatGrowsTooLongBecauseOfACrashWaits() {
        RingSettings bounded = new RingSettings(scene.settings.ring().algorithm(), 16, 5);
        MembershipSettings wide =
                new MembershipSettings(bounded, Duration.ofHours(1), Duration.ofHours(1), 9, 9999, 1 << 20);
        tell(new Joined(Node.of("db4", "db", "db4", 7000)), wide);
        assertThat(scene.now.pending()).isPresent();
        MembershipSettings tight = room(1);
        tell(new Reported("db4", NodeState.PREPARING, 0), tight);
        tell(new Lost("db2"), tight);
        assertThat(scene.now.withoutRoom()).containsExactly(new Change(Kind.JOIN, "db4"));
        assertThat(scene.standing("db4")).isEqualTo(Standing.OUTSIDE);
        tell(new Started(2), wide);
        assertThat(scene.pending()).contains(new Change(Kind.JOIN, "db4"));
    }

    /** How long the transfers would be that an event brings about now. */
    private int transfersOf(MembershipEvent event) {
        Memberships next = scene.now.after(event, scene.settings, scene.clockMillis());
        return (int) RingLength.of(next.pending().orElseThrow().moved().transfers());
    }

    private void tell(MembershipEvent event, MembershipSettings settings) {
        scene.now = scene.now.after(event, settings, scene.clockMillis());
    }
}
