package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.config.ClusterSecrets;
import dev.gatehouse.app.config.GatewaySettings;
import dev.gatehouse.app.config.Sources;
import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.Coordinator;
import dev.gatehouse.cluster.NodeAgent;
import dev.gatehouse.cluster.Watcher;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.net.Address;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.snapshot.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Nodes of the configuration and of a real coordinator, side by side. */
class GatewayNodesTest {
    private static final String SECRET = "shared";

    private static GatewaySettings settings(String coordinator) {
        return GatewaySettings.read(new Sources(
                Optional.empty(),
                Map.of(ClusterSecrets.VARIABLE, SECRET),
                Map.of(
                        "users.mode", "development",
                        "coordinator.addresses", coordinator,
                        "services.mine.nodes.a", "127.0.0.1:7009",
                        "services.theirs.contract", "trunk")));
    }

    @Test
    void followsTheClusterOnlyForServicesThatHaveNoNodesOfTheirOwn() {
        ClusterSecret secret = ClusterSecret.of(SECRET);
        try (Coordinator coordinator =
                Coordinator.builder("127.0.0.1:0", secret).start()) {
            String address = Address.format(coordinator.localAddress());
            ClusterAccess access = ClusterAccess.of(List.of(address), secret);
            GatewayNodes nodes = new GatewayNodes(settings(address));
            List<String> heard = new CopyOnWriteArrayList<>();
            nodes.subscribe(heard::add);
            try (Watcher watcher = nodes.follow(access, "gateway1");
                    NodeAgent theirs = agent(access, "t1", "theirs");
                    NodeAgent mine = agent(access, "m1", "mine")) {
                await().until(() -> watcher.connected() && theirs.connected() && mine.connected());
                await().until(() -> nodes.members("theirs").equals(List.of(Member.of("t1", "127.0.0.1", 7001)))
                        && nodes.rings("theirs").orElseThrow().member("m1").isPresent());
                assertThat(nodes.members("mine")).containsExactly(Member.of("a", "127.0.0.1", 7009));
                assertThat(nodes.rings("mine")).isEmpty();
                // Who listens hears of it a moment after it is there.
                await().untilAsserted(() -> assertThat(heard).contains("theirs"));
                assertThat(heard).doesNotContain("mine");
                nodes.replace("mine", List.of());
                assertThat(heard).contains("mine");
            }
        }
    }

    private static NodeAgent agent(ClusterAccess access, String id, String service) {
        return NodeAgent.builder(access, Node.of(id, service, "127.0.0.1", 7001))
                .start();
    }

    @Test
    void knowsWhatAServiceThatHasItsNodesElsewhereWouldChange() {
        GatewayNodes nodes = new GatewayNodes(settings("127.0.0.1:1"));
        List<Member> some = List.of(Member.of("b", "127.0.0.1", 7008));
        assertThat(nodes.changesSource(ServiceConfig.plain("mine", List.of()))).isTrue();
        assertThat(nodes.changesSource(ServiceConfig.plain("mine", some))).isFalse();
        assertThat(nodes.changesSource(ServiceConfig.plain("theirs", List.of())))
                .isFalse();
        assertThat(nodes.changesSource(ServiceConfig.plain("theirs", some))).isTrue();
    }
}
