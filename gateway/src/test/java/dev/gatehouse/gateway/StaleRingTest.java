package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.link.CloseCode;
import dev.gatehouse.link.Open;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.ring.RingRegistry;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingMember;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nodes that know a newer ring than the gateway: a session waits for that ring, and uses no attempt. */
class StaleRingTest extends OnTrunk {
    /** A node that knows ring 1.10. */
    private static final RawTrunk.Script KNOWS_TEN = new Echo() {
        @Override
        public void opened(RawTrunk.Call call, long id, Open open) {
            if (open.ringVersion() < 10) {
                call.write(batch -> batch.close(id, CloseCode.STALE_RING, ""));
            }
        }
    };

    private static void publish(RingRegistry registry, RawTrunk node, long version) {
        Node only = Node.of("game1", "game", "127.0.0.1", node.member(1).port());
        registry.accept(NodesOnRing.snapshot(version, List.of(RingMember.owner(only))));
    }

    private static List<Long> versions(RawTrunk node) {
        return node.attached().stream().map(a -> a.open().ringVersion()).collect(Collectors.toList());
    }

    @Test
    void anOpenNamesTheRingAndIsTriedOnceForEach() {
        RingRegistry registry = new RingRegistry();
        try (RawTrunk node = new RawTrunk(KNOWS_TEN)) {
            publish(registry, node, 7);
            try (GatewayFixture gateway = NodesOnRing.gateway(
                            registry, b -> b.reattachAttemptsMax(1).reattachJitter(Duration.ZERO));
                    RawClient client = gateway.client()) {
                gateway.awaitReady();
                client.sendLogin("patient");
                await().until(() -> node.attached().size() == 1);
                publish(registry, node, 8);
                await().until(() -> node.attached().size() == 2);
                publish(registry, node, 9);
                await().until(() -> node.attached().size() == 3);
                publish(registry, node, 10);
                assertThat(client.receive().opcode()).isEqualTo(11);
                assertThat(client.send(1001, "there").receive().text()).isEqualTo("there");
                assertThat(versions(node)).containsExactly(7L, 8L, 9L, 10L);
                assertThat(node.attached().getFirst().open().ringEpoch()).isEqualTo(1);
                assertThat(node(gateway).misplaced()).isEqualTo(3);
            }
        }
    }

    @Test
    void aRingThatNeverComesEndsTheSessionInTime() {
        RingRegistry registry = new RingRegistry();
        try (RawTrunk node = new RawTrunk(KNOWS_TEN)) {
            publish(registry, node, 10);
            try (GatewayFixture gateway = NodesOnRing.gateway(registry, b -> b.ownerTimeout(Duration.ofSeconds(20)));
                    RawClient client = gateway.client("lost")) {
                // A later node knows more: what is attached again is refused.
                RawTrunk.Attached attached = node.attached(0);
                attached.close(CloseCode.STALE_RING);
                gateway.ticker.advance(Duration.ofSeconds(19));
                assertThat(gateway.gateway.statistics().sessions()).isEqualTo(1);
                gateway.advanceUntil(Duration.ofSeconds(2), () -> gateway.ended(EndReason.SERVICE_UNAVAILABLE) == 1);
                assertThat(client.receiveEnd()).isEqualTo(EndReason.SERVICE_UNAVAILABLE.code());
                assertThat(node.attached()).hasSize(1);
            }
        }
    }

    @Test
    void aNodeOfOurSdkRefusesUntilTheGatewayHasItsRing() {
        try (NodesOnRing ring = new NodesOnRing(b -> b, 1)) {
            ring.nodes.get(0).ringVersion(1, 3);
            RawClient client = ring.fixture.client();
            client.sendLogin("patient");
            await().until(() -> ring.fixture.gateway.users() == 1);
            assertThat(ring.count(0)).isZero();
            ring.publish();
            assertThat(ring.version()).isEqualTo(2);
            ring.publish();
            assertThat(client.receive().opcode()).isEqualTo(11);
            await().until(() -> ring.count(0) == 1);
            assertThat(ring.nodes.get(0).misplaced()).isPositive();
            assertThat(ring.statistics(0).misplaced())
                    .isEqualTo(ring.nodes.get(0).misplaced());
        }
    }
}
