package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.PushOutcome;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.backend.User;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client that doesn't read: its service, or its packets, or it itself has to go by the route's policy. */
class SlowClientTest extends OnEachContract {
    private static final int BUFFER_BYTES = 4096;
    private static final int PAYLOAD_BYTES = 1000;
    /** More than all buffers between a service and its client hold. */
    private static final int PACKETS = 20_000;

    private GatewayFixture gateway(QueuePolicy policy) {
        return gateway(policy, b -> b);
    }

    private GatewayFixture gateway(QueuePolicy policy, UnaryOperator<GatewayConfig.Builder> settings) {
        RouteConfig route = new RouteConfig("game", 1001, 1999, "game", AttachPolicy.LOGIN, policy, 16);
        return new GatewayFixture(
                1,
                b -> settings.apply(b)
                        .routes(List.of(route))
                        .sendBufferBytes(BUFFER_BYTES)
                        .receiveBufferBytes(BUFFER_BYTES)
                        .idleTimeout(Duration.ZERO)
                        .noRateLimit());
    }

    private static RawClient slowClient(GatewayFixture gateway) {
        return new RawClient(gateway.gateway.localAddress(), BUFFER_BYTES);
    }

    private static User user(GatewayFixture gateway, int id) {
        await().until(() -> gateway.nodes.getFirst().user(id).isPresent());
        return gateway.nodes.getFirst().user(id).orElseThrow();
    }

    private static byte[] numbered(int number) {
        return ByteBuffer.allocate(PAYLOAD_BYTES).putInt(number).array();
    }

    private static int number(RawClient.Packet packet) {
        return ByteBuffer.wrap(packet.payload()).getInt();
    }

    /** Pushes numbered packets until the queue is full. */
    private static int pushUntilFull(User user) {
        int pushed = 0;
        // The queue is drained by another thread: what is full now may have room in a moment.
        for (int refusals = 0; refusals < 200 && pushed < PACKETS; ) {
            if (user.push(1002, numbered(pushed)) == PushOutcome.DELIVERED) {
                pushed++;
                refusals = 0;
            } else {
                refusals++;
                await().pollDelay(Duration.ofMillis(5)).until(() -> true);
            }
        }
        return pushed;
    }

    /** Pushes all numbered packets, each with an opcode of {@code opcodes}, as fast as the link takes them. */
    private static void pushAll(User user, int opcodes) {
        for (int i = 0; i < PACKETS; i++) {
            byte[] payload = numbered(i);
            int opcode = 1002 + i % opcodes;
            if (user.push(opcode, payload) != PushOutcome.DELIVERED) {
                await().until(() -> user.push(opcode, payload) == PushOutcome.DELIVERED);
            }
        }
    }

    private static void beside(GatewayFixture gateway) {
        try (RawClient good = gateway.client("good")) {
            assertThat(good.send(1001, "still here").receive().text()).isEqualTo("still here");
        }
    }

    @Test
    void waitHoldsTheServiceBackAndLosesNothing() {
        try (GatewayFixture gateway = gateway(QueuePolicy.WAIT);
                RawClient client = slowClient(gateway)) {
            User user = user(gateway, client.login("slow"));
            int pushed = pushUntilFull(user);
            assertThat(pushed).isBetween(1000, PACKETS - 1);
            assertThat(user.push(1002, numbered(pushed))).isEqualTo(PushOutcome.QUEUE_FULL);
            // What the route allows, and what was under way: two frames, or as many bytes as there is credit for.
            long underWay = contract == Contract.TRUNK ? 1 + (64 << 10) / PAYLOAD_BYTES : 2;
            assertThat(waiting(gateway)).isBetween(16L, 16L + underWay);
            beside(gateway);
            for (int i = 0; i < pushed; i++) {
                assertThat(number(client.receive())).isEqualTo(i);
            }
            await().until(() -> user.push(1003, numbered(0)) == PushOutcome.DELIVERED);
            assertThat(client.receive().opcode()).isEqualTo(1003);
        }
    }

    @Test
    void theServiceIsAsFarAheadAsTheLinksWindowAllows() {
        try (GatewayFixture gateway = gateway(QueuePolicy.WAIT, b -> b.linkWindowBytes(2 << 20));
                RawClient client = slowClient(gateway)) {
            // Beside those that wait at the node and at the gateway.
            assertThat(pushUntilFull(user(gateway, client.login("slow")))).isBetween(3000, PACKETS - 1);
        }
    }

    @Test
    void waitGoesOnWhileAnotherRouteDropsAllTheTime() throws InterruptedException {
        AtomicBoolean flooding = new AtomicBoolean(true);
        try (ServiceNode news = GatewayFixture.startNode(0, new DemoHandler());
                GatewayFixture gateway = gatewayBeside(news);
                RawClient client = slowClient(gateway)) {
            int id = client.login("slow");
            await().until(() -> news.user(id).isPresent());
            User flooded = news.user(id).orElseThrow();
            Thread flood = Thread.ofPlatform().start(() -> {
                while (flooding.get()) {
                    flooded.push(2002, numbered(0));
                }
            });
            await().until(() -> dropped(gateway, "news") > 0);
            pushUntilFull(user(gateway, id));
            int expected = 0;
            for (int received = 0; expected < 20; received++) {
                assertThat(received)
                        .as("packets, %s of them of the service that waits", expected)
                        .isLessThan(3000);
                RawClient.Packet packet = client.receive();
                if (packet.opcode() == 1002) {
                    assertThat(number(packet)).isEqualTo(expected++);
                }
                // So the queue is never empty.
                long before = dropped(gateway, "news");
                await().until(() -> dropped(gateway, "news") > before);
            }
            flooding.set(false);
            flood.join();
        } finally {
            flooding.set(false);
        }
    }

    private static GatewayFixture gatewayBeside(ServiceNode news) {
        ServiceNode game = GatewayFixture.startNode(0, new DemoHandler());
        GatewayFixture gateway = new GatewayFixture(
                List.of(),
                b -> b.services(Map.of("game", service("game", game), "news", service("news", news)))
                        .routes(List.of(
                                new RouteConfig("game", 1001, 1999, "game", AttachPolicy.LOGIN, QueuePolicy.WAIT, 16),
                                new RouteConfig(
                                        "news", 2001, 2999, "news", AttachPolicy.LOGIN, QueuePolicy.DROP_OLDEST, 16)))
                        .sendBufferBytes(BUFFER_BYTES)
                        .idleTimeout(Duration.ZERO),
                b -> {});
        gateway.nodes.add(game);
        gateway.awaitReady();
        return gateway;
    }

    private static ServiceConfig service(String name, ServiceNode node) {
        return GatewayFixture.service(
                name, List.of(GatewayFixture.member(1, node.address().getPort())));
    }

    @Test
    void dropOldestKeepsTheNewest() {
        try (GatewayFixture gateway = gateway(QueuePolicy.DROP_OLDEST);
                RawClient client = slowClient(gateway)) {
            pushAll(user(gateway, client.login("slow")), 1);
            beside(gateway);
            List<Integer> received = new ArrayList<>();
            do {
                received.add(number(client.receive()));
            } while (received.getLast() < PACKETS - 1);
            assertThat(received).isSorted().doesNotHaveDuplicates().hasSizeLessThan(PACKETS);
            assertThat(received.subList(received.size() - 16, received.size()))
                    .isEqualTo(IntStream.range(PACKETS - 16, PACKETS).boxed().toList());
            assertThat(dropped(gateway)).isEqualTo(PACKETS - received.size());
        }
    }

    @Test
    void keepLatestKeepsTheNewestOfEachOpcode() {
        try (GatewayFixture gateway = gateway(QueuePolicy.KEEP_LATEST);
                RawClient client = slowClient(gateway)) {
            pushAll(user(gateway, client.login("slow")), 5);
            beside(gateway);
            Map<Integer, Integer> latest = new HashMap<>();
            int received = 0;
            while (latest.getOrDefault(1002 + (PACKETS - 1) % 5, -1) < PACKETS - 1) {
                RawClient.Packet packet = client.receive();
                Integer before = latest.put(packet.opcode(), number(packet));
                assertThat(before == null || before < number(packet)).isTrue();
                received++;
            }
            assertThat(latest.values())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(PACKETS - 5, PACKETS).boxed().toList());
            assertThat(dropped(gateway)).isEqualTo(PACKETS - received);
        }
    }

    @Test
    void closeEndsTheSession() {
        try (GatewayFixture gateway = gateway(QueuePolicy.CLOSE);
                RawClient client = slowClient(gateway)) {
            User user = user(gateway, client.login("slow"));
            for (int i = 0; i < PACKETS && user.push(1002, numbered(i)) != PushOutcome.USER_GONE; ) {
                i++;
            }
            beside(gateway);
            assertThat(client.receiveEnd()).isEqualTo(EndReason.SLOW_CONSUMER.code());
            client.disconnect();
            gateway.awaitEnded(EndReason.SLOW_CONSUMER, 1);
            gateway.awaitSessions(0);
        }
    }

    @Test
    void endsTheSessionOfAWriteThatDoesNotMove() {
        try (GatewayFixture gateway = gateway(QueuePolicy.WAIT);
                RawClient client = slowClient(gateway)) {
            User user = user(gateway, client.login("slow"));
            pushUntilFull(user);
            beside(gateway);
            gateway.advanceUntil(Duration.ofSeconds(1), () -> gateway.ended(EndReason.SLOW_CONSUMER) == 1);
            await().until(() -> user.push(1002, numbered(0)) == PushOutcome.USER_GONE);
            beside(gateway);
            gateway.awaitSessions(0);
        }
    }

    @Test
    void doesNotReadFromAClientThatDoesNotTakeItsAnswers() {
        try (GatewayFixture gateway = gateway(QueuePolicy.WAIT);
                RawClient client = slowClient(gateway)) {
            byte[] heartbeats = new byte[0];
            long sent = Flood.untilStuck(client, () -> client.nextFrame(Gonet2.HEART_BEAT_REQ, heartbeats), 16 << 20);
            assertThat(sent).isLessThan(4 << 20);
            beside(gateway);
            for (int i = 0; i < sent / 8; i++) {
                assertThat(client.receive().opcode()).isEqualTo(Gonet2.HEART_BEAT_ACK);
            }
        }
    }

    @Test
    void endsAClientThatNeverTakesItsAnswers() {
        try (GatewayFixture gateway = gateway(QueuePolicy.WAIT);
                RawClient client = slowClient(gateway)) {
            client.login("slow");
            Flood.untilStuck(client, () -> client.nextFrame(Gonet2.HEART_BEAT_REQ, new byte[0]), 16 << 20);
            gateway.advanceUntil(Duration.ofSeconds(1), () -> gateway.ended(EndReason.SLOW_CONSUMER) == 1);
        }
    }

    private static long waiting(GatewayFixture gateway) {
        GatewayStatistics statistics = gateway.gateway.statistics();
        return statistics.nodes().getFirst().returned()
                - statistics.routes().get(1).packetsOut();
    }

    private static long dropped(GatewayFixture gateway) {
        return dropped(gateway, "game");
    }

    private static long dropped(GatewayFixture gateway, String route) {
        return gateway.gateway.statistics().routes().stream()
                .filter(r -> r.name().equals(route))
                .mapToLong(GatewayStatistics.Route::dropped)
                .sum();
    }
}
