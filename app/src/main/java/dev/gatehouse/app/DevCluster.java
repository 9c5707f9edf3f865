package dev.gatehouse.app;

import dev.gatehouse.app.config.ClusterSecrets;
import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.Coordinator;
import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.cluster.NodeAgent;
import dev.gatehouse.net.Address;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A coordinator that keeps nothing, and the demo service's node on its ring. */
final class DevCluster implements AutoCloseable {
    private static final String SECRET = "development";
    /** So that the first rings, which follow each other closely, don't wait for each other. */
    private static final CoordinatorConfig CONFIG =
            CoordinatorConfig.DEFAULT.toBuilder().ringsPerSecondMax(1000).build();

    private final Coordinator coordinator;
    private final NodeAgent agent;

    private DevCluster(Coordinator coordinator, NodeAgent agent) {
        this.coordinator = coordinator;
        this.agent = agent;
    }

    /** @param rings gets each ring that the node hears */
    static DevCluster start(HostPort listen, Node node, Consumer<RingSnapshot> rings) {
        ClusterSecret secret =
                ClusterSecret.of(ClusterSecrets.ofEnvironment(System.getenv()).orElse(SECRET));
        Coordinator coordinator = Listening.start(() ->
                Coordinator.builder(listen.toString(), secret).config(CONFIG).start());
        ClusterAccess access = ClusterAccess.of(List.of(Address.format(coordinator.localAddress())), secret);
        return new DevCluster(
                coordinator,
                NodeAgent.builder(access, node)
                        .listener(new ClusterLog(node.id(), rings))
                        .start());
    }

    /** What shows its rings. */
    String hint() {
        String variable = ClusterSecrets.ofEnvironment(System.getenv()).isPresent()
                ? ""
                : ClusterSecrets.VARIABLE + "=" + SECRET + " ";
        return variable + "./gatehouse nodes --coordinator " + Address.format(coordinator.localAddress());
    }

    @Override
    public void close() {
        agent.close();
        coordinator.stop(Duration.ofSeconds(1));
    }
}
