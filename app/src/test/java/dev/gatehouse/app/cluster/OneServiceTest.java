package dev.gatehouse.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.ring.snapshot.HashRange;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.PendingTransfers;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Transfer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OneServiceTest {
    private static final RingMember GAME = RingMember.owner(Node.of("game1", "game", "127.0.0.1", 7001));
    private static final RingMember CHAT = RingMember.owner(Node.of("chat1", "chat", "127.0.0.1", 7002));
    private static final PendingTransfers CHANGE =
            new PendingTransfers(7, List.of(new Transfer("game", Optional.empty(), "game1", new HashRange(0, 9))));

    @Test
    void hasItsMembersAndItsChangeAndNobodyElses() {
        RingSnapshot all = RingSnapshot.of(
                new RingVersion(3, 141), RingSettings.DEFAULT, List.of(GAME, CHAT), Optional.of(CHANGE));
        RingSnapshot game = OneService.of(all, "game");
        assertThat(game.members()).containsExactly(GAME);
        assertThat(game.pending()).contains(CHANGE);
        assertThat(game.version()).isEqualTo(all.version());
        RingSnapshot chat = OneService.of(all, "chat");
        assertThat(chat.members()).containsExactly(CHAT);
        assertThat(chat.pending()).isEmpty();
    }
}
