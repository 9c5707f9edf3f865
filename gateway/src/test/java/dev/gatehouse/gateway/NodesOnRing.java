package dev.gatehouse.gateway;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.backend.User;
import dev.gatehouse.ring.RingRegistry;
import dev.gatehouse.ring.snapshot.Node;
import dev.gatehouse.ring.snapshot.NodeState;
import dev.gatehouse.ring.snapshot.RingMember;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import dev.gatehouse.ring.snapshot.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A gateway and nodes of "game", each behind a proxy, on a ring that the test publishes as a coordinator would. */
final class NodesOnRing implements AutoCloseable {
    final List<ServiceNode> nodes = new ArrayList<>();
    final List<TcpProxy> proxies = new ArrayList<>();
    final GatewayFixture fixture;
    private final List<RawClient> clients = new ArrayList<>();
    private final RingRegistry registry = new RingRegistry();
    private final TreeMap<String, RingMember> members = new TreeMap<>();
    private long version;

    /** With nodes of these weights, which all own. */
    NodesOnRing(UnaryOperator<GatewayConfig.Builder> settings, int... weights) {
        for (int i = 0; i < weights.length; i++) {
            ServiceNode node = GatewayFixture.startNode(0, new DemoHandler());
            nodes.add(node);
            proxies.add(new TcpProxy(node.address()));
            put(RingMember.owner(node(i, weights[i])));
        }
        accept();
        fixture = gateway(registry, settings);
        awaitLinks(weights.length);
    }

    /**
     * A gateway whose service "game" is placed by the registry's rings. However far tests move the clock while the
     * machine stalls, it takes no node for dead and no service for stalled.
     */
    static GatewayFixture gateway(RingRegistry registry, UnaryOperator<GatewayConfig.Builder> settings) {
        ServiceConfig service = ServiceConfig.onRing("game").withContract(GatewayFixture.contract());
        return new GatewayFixture(
                List.of(),
                b -> settings.apply(b.noRateLimit()
                        .idleTimeout(Duration.ZERO)
                        .pingInterval(Duration.ofHours(1))
                        .stallTimeout(Duration.ofHours(1))
                        .services(Map.of("game", service))),
                b -> b.registry(registry));
    }

    static RingSnapshot snapshot(long version, List<RingMember> members) {
        return RingSnapshot.of(new RingVersion(1, version), RingSettings.DEFAULT, members, Optional.empty());
    }

    private Node node(int index, int weight) {
        int port = proxies.get(index).port();
        return new Node(id(index), "", "game", "127.0.0.1", port, weight, List.of());
    }

    static String id(int index) {
        return "game" + (index + 1);
    }

    private void put(RingMember member) {
        members.put(member.id(), member);
    }

    RingMember member(int index) {
        return Objects.requireNonNull(members.get(id(index)));
    }

    /** The node owns its part, whatever it was before. */
    NodesOnRing owns(int index) {
        put(member(index).in(NodeState.NORMAL).standing(Standing.OWNER).draining(false));
        return this;
    }

    /** The node is down, and covered. */
    NodesOnRing isDown(int index) {
        put(member(index).in(NodeState.DOWN).standing(Standing.COVERED));
        return this;
    }

    /** The node is drained. */
    NodesOnRing isDrained(int index) {
        put(member(index).standing(Standing.OUTSIDE).draining(true));
        return this;
    }

    /** The node is to be drained, and still owns. */
    NodesOnRing isDraining(int index) {
        put(member(index).draining(true));
        return this;
    }

    /** The node, which had left, owns its part. */
    NodesOnRing joins(int index) {
        put(RingMember.owner(node(index, 1)));
        return this;
    }

    /** The node has another weight. */
    NodesOnRing weighs(int index, int weight) {
        put(member(index).as(node(index, weight)));
        return this;
    }

    /** The node is new, and owns nothing yet. */
    NodesOnRing isNew(int index) {
        put(member(index).standing(Standing.OUTSIDE));
        return this;
    }

    /** The node has left. */
    NodesOnRing hasLeft(int index) {
        members.remove(id(index));
        return this;
    }

    /** Publishes the next ring, and waits until every event loop places users by it. */
    void publish() {
        accept();
        await("the ring").until(() -> service().ringVersion() == version);
    }

    private void accept() {
        registry.accept(snapshot(++version, List.copyOf(members.values())));
    }

    long version() {
        return version;
    }

    /** The owner that the ring names for a user. */
    String owner(long user) {
        return registry.rings("game")
                .orElseThrow()
                .ring("game")
                .owner(Long.toString(user))
                .orElseThrow()
                .id();
    }

    /** Where each user is attached, by the nodes' own books. */
    Map<Long, Set<String>> attached() {
        Map<Long, Set<String>> attached = new TreeMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (long user : users(i)) {
                attached.computeIfAbsent(user, u -> new TreeSet<>()).add(id(i));
            }
        }
        return attached;
    }

    /** Users at a node, by its own books. */
    Set<Long> users(int index) {
        return nodes.get(index).users().stream().map(User::id).collect(Collectors.toSet());
    }

    int count(int index) {
        return users(index).size();
    }

    GatewayStatistics.Service service() {
        return fixture.gateway.statistics().services().getFirst();
    }

    GatewayStatistics.Node statistics(int index) {
        return fixture.gateway.statistics().nodes().stream()
                .filter(node -> node.node().equals(id(index)))
                .findFirst()
                .orElseThrow();
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

    /** Clients that are connected until the end, or until the test closes them. */
    List<RawClient> connect(int count) {
        List<RawClient> connected =
                Stream.generate(fixture::client).limit(count).toList();
        clients.addAll(connected);
        return connected;
    }

    /** The same, logged in with this name and a number. */
    List<RawClient> clients(String name, int count) {
        List<RawClient> connected = connect(count);
        for (int i = 0; i < count; i++) {
            connected.get(i).login(name + i);
        }
        return connected;
    }

    static void allAnswered(List<RawClient> clients, String text) {
        clients.forEach(client -> client.send(1001, text));
        for (RawClient client : clients) {
            String answer = client.receive().text();
            if (!answer.equals(text)) {
                throw new AssertionError(answer + " (expected: " + text + ")");
            }
        }
    }

    @Override
    public void close() {
        clients.forEach(RawClient::close);
        fixture.close();
        proxies.forEach(TcpProxy::close);
        nodes.forEach(n -> n.stop(Duration.ofMillis(200)));
    }
}
