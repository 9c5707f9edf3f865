package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.ring.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A gateway with one or more nodes of the service "game" behind it, all real, on loopback, and a clock of the test's. */
final class GatewayFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    private static Contract contract = Contract.GONET2;

    final DemoHandler handler;
    final List<ServiceNode> nodes = new ArrayList<>();
    final Gateway gateway;
    final ManualTicker ticker = new ManualTicker();
    private final EventLoops eventLoops;

    GatewayFixture(int nodeCount, UnaryOperator<GatewayConfig.Builder> settings) {
        this(nodeCount, new DemoHandler(), settings);
    }

    GatewayFixture(int nodeCount, DemoHandler handler, UnaryOperator<GatewayConfig.Builder> settings) {
        this(nodeCount, handler, settings, b -> {});
    }

    GatewayFixture(
            int nodeCount,
            DemoHandler handler,
            UnaryOperator<GatewayConfig.Builder> settings,
            Consumer<Gateway.Builder> parts) {
        this.handler = handler;
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < nodeCount; i++) {
            ServiceNode node = startNode(0);
            nodes.add(node);
            members.add(member(i + 1, node.address().getPort()));
        }
        eventLoops = eventLoops(ticker);
        gateway = start(members, settings, parts);
        if (nodeCount > 0) {
            awaitReady();
        }
    }

    /** With nodes that the test has started itself. */
    GatewayFixture(
            List<Member> members, UnaryOperator<GatewayConfig.Builder> settings, Consumer<Gateway.Builder> parts) {
        handler = new DemoHandler();
        eventLoops = eventLoops(ticker);
        gateway = start(members, settings, parts);
    }

    static EventLoops eventLoops(ManualTicker ticker) {
        return EventLoops.builder()
                .ticker(ticker)
                .sweepInterval(Duration.ofMillis(20))
                .build();
    }

    private Gateway start(
            List<Member> members, UnaryOperator<GatewayConfig.Builder> settings, Consumer<Gateway.Builder> parts) {
        GatewayConfig.Builder config = GatewayConfig.builder()
                .listen("127.0.0.1:0")
                // It goes by the real time: what a node says must come first on a machine that stalls, too.
                .acceptWindow(PATIENCE)
                .services(Map.of("game", service("game", members)))
                .routes(List.of(RouteConfig.of("game", 1001, 1999, "game")));
        Gateway.Builder builder =
                Gateway.builder(settings.apply(config).build()).eventLoops(eventLoops);
        parts.accept(builder);
        return builder.start();
    }

    /** What the services of tests speak from now on. */
    static void speak(Contract next) {
        contract = next;
    }

    static Contract contract() {
        return contract;
    }

    /** A service that speaks the test's contract. */
    static ServiceConfig service(String name, List<Member> members) {
        return ServiceConfig.plain(name, members).withContract(contract);
    }

    static Member member(int number, int port) {
        return Member.of("game" + number, "127.0.0.1", port);
    }

    ServiceNode startNode(int port) {
        return startNode(port, handler);
    }

    static ServiceNode startNode(int port, DemoHandler handler) {
        return ServiceNode.builder("game")
                .listen("127.0.0.1:" + port)
                .handler(handler)
                .start();
    }

    void awaitReady() {
        await("ready").until(gateway::ready);
    }

    RawClient client() {
        return new RawClient(gateway.localAddress());
    }

    RawClient client(String udid) {
        RawClient client = client();
        client.login(udid);
        return client;
    }

    /** Moves the clock on in steps until something is so; deadlines that came meanwhile have passed. */
    void advanceUntil(Duration step, java.util.concurrent.Callable<Boolean> done) {
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            if (done.call()) {
                return true;
            }
            ticker.advance(step);
            return false;
        });
    }

    /** How many sessions have ended for this reason. */
    long ended(EndReason reason) {
        return gateway.statistics().ended().getOrDefault(reason, 0L);
    }

    /** Waits until at least so many sessions have ended for this reason. */
    void awaitEnded(EndReason reason, long count) {
        await("ended " + reason).untilAsserted(() -> assertThat(ended(reason)).isGreaterThanOrEqualTo(count));
    }

    int attachments() {
        return gateway.statistics().nodes().stream()
                .mapToInt(GatewayStatistics.Node::attachments)
                .sum();
    }

    /** Waits until so many sessions are left, each with its one attachment. */
    void awaitSessions(int count) {
        await(count + " sessions").untilAsserted(() -> {
            assertThat(gateway.statistics().sessions()).isEqualTo(count);
            assertThat(gateway.users()).isEqualTo(count);
            assertThat(attachments()).isEqualTo(count);
        });
    }

    @Override
    public void close() {
        gateway.stop(Duration.ofSeconds(2));
        eventLoops.close();
        nodes.forEach(n -> n.stop(Duration.ofMillis(500)));
    }
}
