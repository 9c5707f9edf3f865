package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.ring.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A gateway with one or more nodes of the service "game" behind it, all real, on loopback. */
final class GatewayFixture implements AutoCloseable {
    final DemoHandler handler;
    final List<ServiceNode> nodes = new ArrayList<>();
    final Gateway gateway;

    GatewayFixture(int nodeCount, UnaryOperator<GatewayConfig.Builder> settings) {
        this(nodeCount, new DemoHandler(), settings);
    }

    GatewayFixture(int nodeCount, DemoHandler handler, UnaryOperator<GatewayConfig.Builder> settings) {
        this.handler = handler;
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < nodeCount; i++) {
            ServiceNode node = startNode(0);
            nodes.add(node);
            members.add(Member.of("game" + (i + 1), "127.0.0.1", node.address().getPort()));
        }
        GatewayConfig.Builder builder = GatewayConfig.builder()
                .listen("127.0.0.1:0")
                .services(Map.of("game", ServiceConfig.plain("game", members)))
                .routes(List.of(RouteConfig.of("game", 1001, 1999, "game")));
        gateway = Gateway.builder(settings.apply(builder).build()).start();
        if (nodeCount > 0) {
            await().atMost(Duration.ofSeconds(30)).until(gateway::ready);
        }
    }

    ServiceNode startNode(int port) {
        return ServiceNode.builder("game")
                .listen("127.0.0.1:" + port)
                .handler(handler)
                .start();
    }

    RawClient client() {
        return new RawClient(gateway.localAddress());
    }

    /** How many sessions have ended for this reason. */
    long ended(EndReason reason) {
        return gateway.statistics().ended().getOrDefault(reason, 0L);
    }

    /** Waits until at least so many sessions have ended for this reason. */
    void awaitEnded(EndReason reason, long count) {
        await("ended " + reason)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ended(reason)).isGreaterThanOrEqualTo(count));
    }

    @Override
    public void close() {
        gateway.stop(Duration.ofSeconds(2));
        nodes.forEach(n -> n.stop(Duration.ofMillis(500)));
    }
}
