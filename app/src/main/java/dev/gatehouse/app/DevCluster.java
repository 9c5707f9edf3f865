package dev.gatehouse.app;

import dev.gatehouse.app.config.ClusterSecrets;
import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.ClusterSecret;
import dev.gatehouse.cluster.Coordinator;
import dev.gatehouse.cluster.NodeAgent;
import dev.gatehouse.net.Address;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.snapshot.Node;
import java.time.Duration;
import java.util.List;

/** A coordinator that keeps nothing, and the demo service's node on it. */
final class DevCluster implements AutoCloseable {
    private static final String SECRET = "development";

    private final Coordinator coordinator;
    private final NodeAgent agent;

    private DevCluster(Coordinator coordinator, NodeAgent agent) {
        this.coordinator = coordinator;
        this.agent = agent;
    }

    static DevCluster start(HostPort listen, Member member, String service) {
        ClusterSecret secret =
                ClusterSecret.of(ClusterSecrets.ofEnvironment(System.getenv()).orElse(SECRET));
        Coordinator coordinator = Listening.start(
                () -> Coordinator.builder(listen.toString(), secret).start());
        ClusterAccess access = ClusterAccess.of(List.of(Address.format(coordinator.localAddress())), secret);
        Node node = Node.of(member.id(), service, member.host(), member.port());
        return new DevCluster(
                coordinator,
                NodeAgent.builder(access, node)
                        .listener(new ClusterLog(node.id()))
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
