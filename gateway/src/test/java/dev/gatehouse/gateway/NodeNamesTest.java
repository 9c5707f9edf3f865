package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.StaticRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes that have names instead of addresses. */
class NodeNamesTest {
    @Test
    void noEventLoopWaitsForTheirAddresses() {
        StaticRegistry registry = new StaticRegistry(Map.of());
        try (ServiceNode node = GatewayFixture.startNode(0, new DemoHandler());
                GatewayFixture gateway = new GatewayFixture(List.of(), b -> b, b -> b.registry(registry))) {
            registry.replace(
                    "game",
                    List.of(Member.of("game1", "node-1.test", node.address().getPort())));
            gateway.awaitReady();
            try (RawClient client = gateway.client("named")) {
                assertThat(client.send(1001, "by name").receive().text()).isEqualTo("by name");
            }
        }
        assertThat(TestNames.LOOKUPS)
                .filteredOn(lookup -> lookup.host().equals("node-1.test"))
                .isNotEmpty()
                .noneMatch(TestNames.Lookup::onEventLoop);
    }
}
