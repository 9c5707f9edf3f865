package dev.gatehouse.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.ring.membership.MembershipEvent.Drained;
import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Lost;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static MembershipSettings most(int members, int points) {
        return new MembershipSettings(
                RingSettings.DEFAULT, SECOND, SECOND, members, points, MembershipSettings.RING_BYTES_MAX);
    }

    private static void assertRefused(Scene scene, MembershipEvent event, MembershipSettings settings, String why) {
        assertThat(scene.now.objection(event, settings)).contains(why);
        assertThat(scene.now.after(event, settings, scene.clockMillis()))
                .as("what a refused event makes")
                .isSameAs(scene.now);
    }

    private static Joined joined(String id, int weight) {
        return new Joined(new Node(id, id, "db", id, 7000, weight, List.of()));
    }

    @Test
    void refusesAKnownIdOfAnotherService() {
        Scene scene = Scene.of("db1");
        Joined other = new Joined(Node.of("db1", "game", "db1", 7000));
        assertRefused(scene, other, scene.settings, "node db1 is of the service db, not game");
    }

    @Test
    void refusesMoreMembersThanAreAllowed() {
        Scene scene = Scene.of("db1", "db2");
        assertRefused(scene, joined("db3", 1), most(2, 100_000), "there are 2 members, the most that are allowed");
        assertThat(scene.now.objection(joined("db2", 1), most(2, 100_000))).isEmpty();
        assertThat(scene.now.objection(joined("db3", 1), most(3, 100_000))).isEmpty();
    }

    @Test
    void refusesMorePointsThanAreAllowed() {
        Scene scene = Scene.of("db1", "db2");
        assertRefused(scene, joined("db3", 2), most(9, 4095), "the ring of db would have more than 4095 points");
        assertThat(scene.now.objection(joined("db3", 2), most(9, 4096))).isEmpty();
        assertThat(scene.now.objection(joined("db2", 4), most(9, 4096))).isPresent();
    }

    @Test
    void refusesToGoOnWithMorePointsThanAreAllowed() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Joined(Node.of("game1", "game", "game1", 7000)));
        assertThat(scene.now.objection(most(1, 2048))).isEmpty();
        assertThat(scene.now.objection(most(1, 2047)))
                .contains("the ring of db would have 2048 points (expected: 2047 at most)");
    }

    @Test
    void refusesToDrainWhoIsUnknownOrDown() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Lost("db1"));
        assertRefused(scene, new Drained("db1", true), scene.settings, "node db1 is down");
        assertRefused(scene, new Drained("db9", true), scene.settings, "there is no node db9");
        assertRefused(scene, new Drained("db9", false), scene.settings, "there is no node db9");
    }

    @Test
    void refusesToDrainTheLastThatOwns() {
        Scene scene = Scene.of("db1", "db2");
        scene.tell(new Drained("db1", true));
        assertRefused(scene, new Drained("db2", true), scene.settings, "node db2 is the last that owns keys of db");
    }

    @Test
    void settingsHaveRangesAndDefaults() {
        assertThat(MembershipSettings.DEFAULT)
                .isEqualTo(new MembershipSettings(
                        RingSettings.DEFAULT,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        1000,
                        4_194_304,
                        16_777_216));
        assertThatThrownBy(() -> most(0, 1)).hasMessage("membersMax: 0 (expected: 1..65536)");
        assertThatThrownBy(() -> most(1, 0)).hasMessage("pointsMax: 0 (expected: 1..16777216)");
        assertThatThrownBy(() -> new MembershipSettings(RingSettings.DEFAULT, Duration.ZERO, SECOND, 1, 1, 1024))
                .hasMessage("removeAfter: PT0S (expected: above 0)");
        assertThatThrownBy(() -> new MembershipSettings(RingSettings.DEFAULT, SECOND, Duration.ZERO, 1, 1, 1024))
                .hasMessage("dropAfter: PT0S (expected: above 0)");
        assertThatThrownBy(() -> MembershipSettings.DEFAULT.withRingBytesMax(1023))
                .hasMessage("ringBytesMax: 1023 (expected: 1024..16777216)");
    }
}
