package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is placed where by a ring, while nothing breaks. */
class RingPlacementTest extends OnEachContract {
    private static final int CLIENTS = 30;
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private static void awaitAttached(NodesOnRing ring, int users) {
        await().until(() -> ring.attached().size() == users);
    }

    @Test
    void usersGoToTheirOwnersWhateverTheWeights() {
        try (NodesOnRing ring = new NodesOnRing(b -> b, 1, 8, 2)) {
            ring.clients("weighed-", CLIENTS);
            awaitAttached(ring, CLIENTS);
            ring.attached().forEach((user, at) -> assertThat(at).containsExactly(ring.owner(user)));
            assertThat(ring.count(1)).isGreaterThan(ring.count(0) + ring.count(2));
        }
    }

    @Test
    void aNodeThatJoinsGetsItsNewUsersAndNobodyElse() {
        try (NodesOnRing ring = new NodesOnRing(b -> b, 1, 1, 1)) {
            ring.isNew(2).publish();
            List<RawClient> before = ring.clients("before-", CLIENTS);
            awaitAttached(ring, CLIENTS);
            assertThat(ring.count(2)).isZero();
            Map<Long, Set<String>> at = ring.attached();
            ring.owns(2).publish();
            assertThat(at.keySet()).anyMatch(user -> ring.owner(user).equals("game3"));
            ring.clients("after-", CLIENTS);
            awaitAttached(ring, 2 * CLIENTS);
            NodesOnRing.allAnswered(before, "where they were");
            assertThat(ring.attached()).containsAllEntriesOf(at);
            ring.attached().forEach((user, nodes) -> {
                if (!at.containsKey(user)) {
                    assertThat(nodes).containsExactly(ring.owner(user));
                }
            });
            assertThat(ring.count(2)).isPositive();
        }
    }

    @Test
    void aNodeOfAnotherWeightKeepsItsSessions() {
        try (NodesOnRing ring = new NodesOnRing(b -> b, 1, 1)) {
            List<RawClient> clients = ring.clients("before-", CLIENTS);
            awaitAttached(ring, CLIENTS);
            Map<Long, Set<String>> at = ring.attached();
            ring.weighs(0, 50).publish();
            ring.clients("after-", CLIENTS);
            awaitAttached(ring, 2 * CLIENTS);
            NodesOnRing.allAnswered(clients, "where they were");
            assertThat(ring.attached()).containsAllEntriesOf(at);
            assertThat(ring.count(0)).isGreaterThan(CLIENTS);
            assertThat(ring.fixture.gateway.statistics().nodes()).hasSize(2).allMatch(n -> n.liveLinks() == LOOPS);
        }
    }

    @Test
    void aRegistryWithoutRingsCannotPlaceByThem() {
        GatewayConfig config = GatewayConfig.builder()
                .listen("127.0.0.1:0")
                .services(Map.of("game", ServiceConfig.onRing("game")))
                .build();
        assertThatThrownBy(() -> Gateway.builder(config).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "services.game.placement: ring (expected: another one, as the registry has no ring for it)");
    }
}
