package dev.gatehouse.gateway;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.StaticRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A gateway and two nodes, each behind a proxy. */
final class TwoNodes implements AutoCloseable {
    final List<DemoHandler> handlers = List.of(new DemoHandler(), new DemoHandler());
    final List<ServiceNode> nodes = new ArrayList<>();
    final List<TcpProxy> proxies = new ArrayList<>();
    final StaticRegistry registry;
    final GatewayFixture fixture;

    TwoNodes(UnaryOperator<GatewayConfig.Builder> settings) {
        for (DemoHandler handler : handlers) {
            ServiceNode node = ServiceNode.builder("game")
                    .handler(handler)
                    // The machine may stall for longer than a handover takes otherwise.
                    .handover(GatewayFixture.PATIENCE)
                    .start();
            nodes.add(node);
            proxies.add(new TcpProxy(node.address()));
        }
        registry = new StaticRegistry(Map.of("game", members()));
        fixture = new GatewayFixture(members(), settings, b -> b.registry(registry));
        awaitLinks(2);
    }

    List<Member> members() {
        return List.of(member(0), member(1));
    }

    Member member(int index) {
        return GatewayFixture.member(index + 1, proxies.get(index).port());
    }

    /** Waits until every event loop is linked to so many nodes. */
    void awaitLinks(int count) {
        int loops = Runtime.getRuntime().availableProcessors();
        await("links")
                .until(() -> fixture.gateway.statistics().nodes().stream()
                                .filter(n -> n.liveLinks() == loops)
                                .count()
                        == count);
    }

    /** Waits until no event loop is linked to a node. */
    void awaitNoLinks(int index) {
        String id = member(index).id();
        await("no links")
                .until(() -> fixture.gateway.statistics().nodes().stream()
                        .noneMatch(n -> n.node().equals(id) && n.liveLinks() > 0));
    }

    /** Users at a node. */
    int users(int index) {
        return nodes.get(index).users().size();
    }

    @Override
    public void close() {
        fixture.close();
        proxies.forEach(TcpProxy::close);
        nodes.forEach(n -> n.stop(java.time.Duration.ofMillis(200)));
    }
}
