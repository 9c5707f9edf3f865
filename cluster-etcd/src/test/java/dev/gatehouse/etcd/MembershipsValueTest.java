package dev.gatehouse.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.ring.membership.MembershipEvent;
import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.membership.Memberships;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import io.etcd.jetcd.api.KeyValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipsValueTest {
    private static final MembershipSettings SETTINGS = MembershipSettings.DEFAULT;
    private static final int PART = 4;

    private static Node node(int number, int weight) {
        return new Node("game" + number, "", "game", "10.0.0." + number, 7000, weight, List.of());
    }

    /** Ten owners, and a heavy newcomer whose transfers are under way: what makes rings long. */
    private static Memberships heavyJoin() {
        Memberships memberships = Memberships.NONE.after(new MembershipEvent.Started(1), SETTINGS, 0);
        for (int number = 1; number <= 10; number++) {
            Node owner = node(number, 1);
            memberships = memberships.after(new MembershipEvent.Joined(owner), SETTINGS, 0);
            long transfer = memberships
                    .pending()
                    .map(pending -> pending.moved().transferId())
                    .orElse(0L);
            memberships = memberships.after(
                    new MembershipEvent.Reported(owner.id(), NodeState.NORMAL, transfer), SETTINGS, 0);
        }
        return memberships.after(new MembershipEvent.Joined(node(11, 50)), SETTINGS, 0);
    }

    @Test
    void takesLessThanAQuarterOfTheRing() {
        Memberships memberships = heavyJoin();
        assertThat(memberships.pending().orElseThrow().moved().transfers()).hasSizeGreaterThan(1_000);
        int ring = MessageCodec.encode(new Message.Ring(memberships.snapshot(SETTINGS))).length;
        int packed = MembershipsValue.write(memberships).size();
        assertThat(PART * packed).as("%s packed of %s", packed, ring).isLessThan(ring);
    }

    @Test
    void readsWhatItWrote() {
        KeyValue value = KeyValue.newBuilder()
                .setValue(MembershipsValue.write(heavyJoin()))
                .build();
        assertThat(MembershipsValue.read(value)).isEqualTo(heavyJoin());
    }

    @Test
    void saysWhatToDoWithAValueThatIsNone() {
        assertThatThrownBy(() -> MembershipsValue.read(KeyValue.getDefaultInstance()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        "damaged (expected: what a coordinator wrote; to begin without members, delete the key)");
    }
}
