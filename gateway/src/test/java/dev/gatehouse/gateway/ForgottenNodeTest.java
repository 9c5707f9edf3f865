package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids of nodes that come once and never again: what the gateway counts of them doesn't stay. */
class ForgottenNodeTest extends OnEachContract {
    private static final int CLIENTS = 20;

    @Test
    void aNodeThatIsNoMemberIsForgottenAfterItsLastLinkAndCountsAnewWhenItReturns() {
        try (NodesOnRing ring = new NodesOnRing(b -> b, 1, 1)) {
            List<RawClient> clients = ring.clients("user-", CLIENTS);
            NodesOnRing.allAnswered(clients, "before");
            long forwarded = ring.statistics(1).forwarded();
            assertThat(forwarded).isPositive();
            ring.hasLeft(1).publish();
            ring.fixture.advanceUntil(
                    Duration.ofMillis(500), () -> ring.statistics(1).liveLinks() == 0);
            assertThat(ring.statistics(1).forwarded()).isEqualTo(forwarded);
            ring.fixture.advanceUntil(Duration.ofMinutes(1), () -> nodes(ring).equals(List.of("game1")));
            ring.joins(1).publish();
            ring.awaitLinks(2);
            assertThat(ring.statistics(1).forwarded()).isZero();
            NodesOnRing.allAnswered(clients, "after");
        }
    }

    @Test
    void aNodeThatIsDownButAMemberIsNotForgotten() {
        try (NodesOnRing ring = new NodesOnRing(b -> b, 1, 1)) {
            ring.isDown(1).publish();
            ring.nodes.get(1).stop(Duration.ZERO);
            await().until(() -> ring.statistics(1).liveLinks() == 0);
            ring.hasLeft(0).publish();
            ring.fixture.advanceUntil(Duration.ofMinutes(1), () -> nodes(ring).equals(List.of("game2")));
        }
    }

    private static List<String> nodes(NodesOnRing ring) {
        return ring.fixture.gateway.statistics().nodes().stream()
                .map(GatewayStatistics.Node::node)
                .toList();
    }
}
