package dev.gatehouse.app.coordinators;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker catches what it is there for. */
class RecordingTest {
    private static Recording recording(String... lines) {
        return Recording.read(List.of(lines));
    }

    @Test
    void letsPassWhatIsRight() {
        Recording right = recording(
                "ring 1000 at:a 1 1 [n1=OWNER] [n1]",
                "ring 1001 n1 1 1 [n1=OWNER] [n1]",
                "end 2000 at:a ",
                "ring 3000 at:b 2 2 [n1=OWNER] [n1]");
        assertThatCode(right::check).doesNotThrowAnyException();
    }

    @Test
    void catchesTwoOwnersInOneVersion() {
        assertThatThrownBy(recording("ring 1000 at:a 1 1 [] [n1]", "ring 1001 n1 1 1 [] [n2]")::check)
                .hasMessageContaining("owners of");
    }

    @Test
    void catchesAVersionThatGoesBack() {
        assertThatThrownBy(recording("ring 1000 n1 1 2 [] []", "ring 1001 n1 1 1 [] []")::check)
                .hasMessageContaining("after");
    }

    @Test
    void catchesTwoCoordinatorsInOneEpoch() {
        assertThatThrownBy(recording("ring 1000 at:a 1 1 [] []", "ring 1001 at:b 1 2 [] []")::check)
                .hasMessageContaining("who else published");
    }

    @Test
    void catchesALeaderWhoGoesOnWhenTheNextOneHasBegun() {
        Recording late = recording("ring 1000 at:a 1 1 [] []", "ring 1001 at:b 2 2 [] []", "ring 1002 at:a 1 3 [] []");
        assertThatThrownBy(late::check).hasMessageContaining("begin of the epoch");
    }

    @Test
    void letsANewLeaderEndAJoin() {
        Recording joined = recording(
                "ring 1000 at:a 1 1 [n1=OWNER,n2=OUTSIDE] [n1,n1]", "ring 2000 at:b 2 2 [n1=OWNER,n2=OWNER] [n1,n2]");
        assertThatCode(joined::check).doesNotThrowAnyException();
    }

    @Test
    void catchesALeaderWhoForgetsAMember() {
        Recording forgotten =
                recording("ring 1000 at:a 1 1 [n1=OWNER,n2=OWNER] [n1,n1]", "ring 2000 at:b 2 2 [n1=OWNER] [n1,n1]");
        assertThatThrownBy(forgotten::check).hasMessageContaining("owners in");
    }

    @Test
    void catchesALeaderWhoBeginsWithNobody() {
        assertThatThrownBy(recording("ring 1000 at:a 1 1 [n1=OWNER] [n1]", "ring 2000 at:b 2 2 [] []")::check)
                .hasMessageContaining("owners in");
    }

    @Test
    void catchesALeaderWhoMovesAKeyBetweenOwners() {
        Recording moved = recording(
                "ring 1000 at:a 1 1 [n1=OWNER,n2=OWNER] [n1,n2]", "ring 2000 at:b 2 2 [n1=OWNER,n2=OWNER] [n2,n2]");
        assertThatThrownBy(moved::check).hasMessageContaining("owner of key 0");
    }
}
