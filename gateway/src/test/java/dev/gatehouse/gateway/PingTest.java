package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.link.Frame;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How a link finds out whether its node lives. */
class PingTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Notes whose streams are pinged, and echoes to some users. */
    private static class Choosy implements RawService.Script {
        final List<String> pinged = new CopyOnWriteArrayList<>();
        private final Predicate<String> echoed;

        Choosy(Predicate<String> echoed) {
            this.echoed = echoed;
        }

        @Override
        public void frame(RawService.Stream stream, int type, ByteBuf message) {
            if (type == Frame.PING) {
                pinged.add(stream.user);
            }
            if (type != Frame.PING || echoed.test(stream.user)) {
                RawService.Script.super.frame(stream, type, message);
            } else {
                stream.request(1);
            }
        }
    }

    private static GatewayFixture gateway(RawService service) {
        GatewayFixture gateway = new GatewayFixture(
                List.of(service.member(1)), b -> b.idleTimeout(Duration.ZERO).pingInterval(INTERVAL), b -> {});
        gateway.awaitReady();
        return gateway;
    }

    private static GatewayStatistics.Node node(GatewayFixture gateway) {
        return gateway.gateway.statistics().nodes().getFirst();
    }

    /** Lets an interval pass: each link asks one stream, and who echoes has answered when this returns. */
    private static void interval(GatewayFixture gateway, Choosy choosy, int links) {
        int asked = choosy.pinged.size() + links;
        gateway.ticker.advance(INTERVAL);
        await().until(() -> choosy.pinged.size() == asked
                && node(gateway).pings()
                        == choosy.pinged.stream().filter(choosy.echoed).count());
    }

    @Test
    void asksOnceAnInterval() {
        Choosy choosy = new Choosy(user -> true);
        try (RawService service = new RawService(choosy);
                GatewayFixture gateway = gateway(service);
                RawClient client = gateway.client("pinged")) {
            for (int i = 1; i <= 3; i++) {
                int pings = i;
                gateway.ticker.advance(INTERVAL);
                await().until(() -> node(gateway).pings() == pings);
            }
            assertThat(choosy.pinged).containsExactly("1", "1", "1");
            assertThat(client.socket().isClosed()).isFalse();
            assertThat(node(gateway).lostAttachments()).isZero();
        }
    }

    @Test
    void asksAnotherStreamBeforeItGivesTheNodeUp() {
        Choosy choosy = new Choosy(user -> !user.equals("1"));
        try (RawService service = new RawService(choosy);
                GatewayFixture gateway = gateway(service)) {
            // The clients of one event loop share a link: of many, two or more do on each.
            List<RawClient> clients = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 16; i++) {
                clients.add(gateway.client("client-" + i));
            }
            int links = Math.min(clients.size(), Runtime.getRuntime().availableProcessors());
            while (!choosy.pinged.contains("1")) {
                interval(gateway, choosy, links);
            }
            for (int i = 0; i < 4; i++) {
                interval(gateway, choosy, links);
            }
            assertThat(node(gateway).lostAttachments()).isZero();
            assertThat(service.streams()).hasSize(16).noneMatch(s -> s.cancelled);
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void takesWhateverANodeSendsAsASignOfLife() {
        Choosy choosy = new Choosy(user -> false) {
            @Override
            public void packet(RawService.Stream stream, int opcode, ByteBuf payload) {
                stream.send(RawService.message(1002, new byte[0]));
            }
        };
        try (RawService service = new RawService(choosy);
                GatewayFixture gateway = gateway(service);
                RawClient client = gateway.client("busy")) {
            for (int i = 1; i <= 4; i++) {
                int pings = i;
                gateway.ticker.advance(INTERVAL);
                await().until(() -> choosy.pinged.size() == pings);
                assertThat(client.send(1001, "busy").receive().opcode()).isEqualTo(1002);
            }
            assertThat(node(gateway).lostAttachments()).isZero();
            assertThat(service.streams()).hasSize(1);
        }
    }

    @Test
    void givesANodeUpThatAnswersNobody() {
        Choosy choosy = new Choosy(user -> false);
        try (RawService service = new RawService(choosy);
                GatewayFixture gateway = gateway(service);
                RawClient client = gateway.client("patient")) {
            await().until(() -> service.streams().size() == 1);
            gateway.ticker.advance(INTERVAL);
            await().until(() -> choosy.pinged.size() == 1);
            gateway.advanceUntil(Duration.ofSeconds(1), () -> node(gateway).lostAttachments() == 1);
            await().until(() -> service.streams().getFirst().cancelled);
            // The session is attached again once the link is up again, here to the same node.
            gateway.advanceUntil(Duration.ofMillis(200), () -> service.streams().size() == 2);
            assertThat(client.socket().isClosed()).isFalse();
        }
    }
}
