package dev.gatehouse.app;

import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.gateway.Authenticator;
import dev.gatehouse.gateway.Contract;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.RouteConfig;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.ring.RingRegistry;
import dev.gatehouse.ring.snapshot.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A gateway and a node of the demo service, linked by gRPC over loopback, and a coordinator whose ring says that the node is the one. */
final class DevServer implements Served {
    private static final String SERVICE = "demo";
    private static final Duration READY_WAIT = Duration.ofSeconds(3);
    private static final Duration READY_POLL = Duration.ofMillis(5);

    private final ServiceNode node;
    private final GatewayServer server;
    private final DevCluster cluster;

    private DevServer(ServiceNode node, GatewayServer server, DevCluster cluster) {
        this.node = node;
        this.server = server;
        this.cluster = cluster;
    }

    /** Starts them; {@code listener} says how clients are served, but for services and routes. */
    static DevServer start(GatewayConfig.Builder listener, HostPort console, HostPort coordinator) {
        ServiceNode node = Listening.start(() -> ServiceNode.builder(SERVICE)
                .handover(Duration.ZERO)
                .handler(new DemoService())
                .start());
        RingRegistry rings = new RingRegistry();
        DevCluster cluster = DevCluster.start(coordinator, member(node), snapshot -> {
            rings.accept(snapshot);
            node.ringVersion(snapshot.version().epoch(), snapshot.version().version());
        });
        ServiceConfig service = ServiceConfig.onRing(SERVICE).withContract(Contract.TRUNK);
        GatewayConfig config = listener.services(Map.of(SERVICE, service))
                .routes(List.of(RouteConfig.of(SERVICE, Gonet2.SERVICE_OPCODE_MIN, Short.MAX_VALUE, SERVICE)))
                .build();
        Gateway.Builder gateway = Gateway.builder(config).registry(rings).authenticator(Authenticator.development());
        GatewayServer server =
                GatewayServer.start(EventLoops.create(), gateway, Optional.of(console), Optional.empty());
        awaitReady(server.gateway());
        return new DevServer(node, server, cluster);
    }

    private static Node member(ServiceNode node) {
        return Node.of(
                "demo1", SERVICE, node.address().getHostString(), node.address().getPort());
    }

    @Override
    public String readyLine() {
        return "gatehouse dev ready on " + server.addresses();
    }

    @Override
    public List<String> hints() {
        return List.of(
                "  in another terminal:  ./gatehouse connect " + server.address(),
                "  and who owns what:    " + cluster.hint(),
                "  Ctrl-C stops it; ./gatehouse --help shows the rest");
    }

    @Override
    public boolean stop(Duration grace) {
        long start = System.nanoTime();
        boolean orderly = server.stop(grace);
        Duration left = grace.minusNanos(System.nanoTime() - start);
        node.stop(left.isNegative() ? Duration.ZERO : left);
        cluster.close();
        return orderly;
    }

    /** The link comes up in a moment; if it doesn't, logins wait for it, and /health/ready says so. */
    private static void awaitReady(Gateway gateway) {
        long start = System.nanoTime();
        while (!gateway.ready() && System.nanoTime() - start < READY_WAIT.toNanos()) {
            LockSupport.parkNanos(READY_POLL.toNanos());
        }
    }
}
