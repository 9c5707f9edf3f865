package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.membership.MembershipEvent;
import dev.gatehouse.ring.membership.MembershipEvent.Drained;
import dev.gatehouse.ring.membership.MembershipEvent.Joined;
import dev.gatehouse.ring.membership.MembershipEvent.Reported;
import dev.gatehouse.ring.membership.MembershipEvent.Started;
import dev.gatehouse.ring.membership.MembershipEvent.TimePassed;
import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
    private static final MembershipSettings WIDE = MembershipSettings.DEFAULT;
    private static final MembershipSettings TIGHT = WIDE.withRingBytesMax(1024);

    private final List<String> lines = new ArrayList<>();
    private final ChangeLog log = new ChangeLog(lines::add);
    private Memberships memberships = Memberships.NONE;
    private long clockMillis;

    private void tell(MembershipEvent event, MembershipSettings settings) {
        Memberships before = memberships;
        memberships = before.after(event, settings, clockMillis);
        log.changed(before, event, memberships);
    }

    private void waitForNothing() {
        clockMillis += WIDE.dropAfter().toMillis();
        tell(new TimePassed(), WIDE);
    }

    /** Two members own. */
    @BeforeEach
    void join() {
        tell(new Started(1), WIDE);
        for (String id : List.of("db1", "db2")) {
            tell(new Joined(Node.of(id, "db", id, 7000)), WIDE);
            memberships
                    .pending()
                    .ifPresent(pending -> tell(
                            new Reported(id, NodeState.NORMAL, pending.moved().transferId()), WIDE));
        }
    }

    @Test
    void saysOnceThatAChangeWaitsForRoom() {
        tell(new Drained("db1", true), WIDE);
        tell(new Started(2), TIGHT);
        tell(new TimePassed(), TIGHT);
        tell(new Reported("db2", NodeState.EXPORTING, 0), TIGHT);
        assertThat(lines)
                .containsExactly("the drain of node db1 waits: RING has no room for its transfers (ring.bytes-max)");
        tell(new Drained("db1", false), TIGHT);
        assertThat(lines).hasSize(1);
    }

    @Test
    void saysThatAJoinWasDropped() {
        tell(new Joined(Node.of("db3", "db", "db3", 7000)), WIDE);
        assertThat(lines).isEmpty();
        waitForNothing();
        assertThat(lines)
                .containsExactly(
                        "node db3 doesn't become an owner: its change waited for too long; it is tried again with"
                                + " the node's next STATE");
    }

    @Test
    void saysThatADrainWasDroppedButNotThatItWasTakenBack() {
        tell(new Drained("db1", true), WIDE);
        tell(new Drained("db1", false), WIDE);
        assertThat(lines).isEmpty();
        tell(new Drained("db1", true), WIDE);
        waitForNothing();
        assertThat(lines).containsExactly("node db1 isn't drained any more: its change waited for too long");
    }
}
