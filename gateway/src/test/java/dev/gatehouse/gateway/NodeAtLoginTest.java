package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.link.OutboundFrame;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginFailure;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that aren't there at a login, or at a first packet, or not at once. */
class NodeAtLoginTest {
    private static GatewayConfig.Builder firstPacket(GatewayConfig.Builder settings) {
        return settings.routes(
                List.of(new RouteConfig("game", 1001, 1999, "game", AttachPolicy.FIRST_PACKET, QueuePolicy.WAIT, 256)));
    }

    @Test
    void failsTheLoginWhenNoNodeComes() {
        try (HeldPort nobody = new HeldPort();
                GatewayFixture gateway = new GatewayFixture(List.of(nobody.member(1)), b -> b, b -> {})) {
            assertThat(gateway.gateway.ready()).isFalse();
            try (RawClient client = gateway.client()) {
                client.sendLogin("nobody");
                await().until(() -> gateway.gateway.users() == 1);
                gateway.ticker.advance(Duration.ofMillis(3100));
                RawClient.Packet answer = client.receive();
                assertThat(answer.opcode()).isEqualTo(Gonet2.USER_LOGIN_FAILD_ACK);
                assertThat(answer.fault().code()).isEqualTo(LoginFailure.SERVICE_UNAVAILABLE.code());
                assertThat(client.closedInOrder()).isTrue();
            }
            gateway.awaitEnded(EndReason.SERVICE_UNAVAILABLE, 1);
            gateway.awaitSessions(0);
        }
    }

    @Test
    void sessionsThatWaitedForANodeDoNotComeAllAtOnce() {
        List<RawClient> clients = new ArrayList<>();
        try (HeldPort place = new HeldPort();
                GatewayFixture gateway = new GatewayFixture(
                        List.of(place.member(1)), b -> b.reattachJitter(Duration.ofHours(1)), b -> {})) {
            for (int i = 0; i < 20; i++) {
                RawClient client = gateway.client();
                client.sendLogin("waits-" + i);
                clients.add(client);
            }
            await().until(() -> gateway.gateway.users() == 20);
            try (ServiceNode node = gateway.startNode(place.port())) {
                gateway.awaitReady();
                // Logins that find a node don't wait; what came before them on their event loops is at the node, too.
                for (int i = 0; i < 8; i++) {
                    RawClient client = gateway.client("finds-one-" + i);
                    assertThat(client.send(1001, "there").receive().text()).isEqualTo("there");
                    clients.add(client);
                }
                assertThat(node.users()).hasSizeLessThan(18);
            }
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void logsInOnceANodeComes() {
        try (HeldPort place = new HeldPort();
                GatewayFixture gateway = new GatewayFixture(List.of(place.member(1)), b -> b, b -> {});
                RawClient client = gateway.client()) {
            client.sendLogin("patient");
            await().until(() -> gateway.gateway.users() == 1);
            try (ServiceNode node = gateway.startNode(place.port())) {
                // The link tries once a second, by the clock, which stays within the 3 s of the login.
                gateway.ticker.advance(Duration.ofMillis(2500));
                assertThat(client.receive().opcode()).isEqualTo(Gonet2.USER_LOGIN_SUCCEED_ACK);
                assertThat(client.send(1001, "there").receive().text()).isEqualTo("there");
                assertThat(node.users()).hasSize(1);
            }
        }
    }

    @Test
    void attachesAtTheFirstPacket() {
        try (GatewayFixture gateway = new GatewayFixture(1, NodeAtLoginTest::firstPacket);
                RawClient client = gateway.client("first")) {
            assertThat(gateway.handler.events).isEmpty();
            for (int i = 0; i < 50; i++) {
                client.send(1001, "n" + i);
            }
            for (int i = 0; i < 50; i++) {
                assertThat(client.receive().text()).isEqualTo("n" + i);
            }
            assertThat(gateway.handler.events).containsExactly("opened 1");
        }
    }

    @Test
    void endsASessionWhoseFirstPacketFindsNoNode() {
        try (HeldPort nobody = new HeldPort();
                GatewayFixture gateway = new GatewayFixture(
                        List.of(nobody.member(1)), b -> firstPacket(b).idleTimeout(Duration.ZERO), b -> {});
                RawClient client = gateway.client("first")) {
            client.send(1001, "nobody there");
            await().until(() -> gateway.gateway.statistics().routes().get(1).packetsIn() == 1);
            gateway.ticker.advance(Duration.ofSeconds(61));
            assertThat(client.receiveEnd()).isEqualTo(EndReason.SERVICE_UNAVAILABLE.code());
        }
    }

    /** Loses its first streams before it has accepted them, then echoes. */
    private static class LosesTheFirst implements RawService.Script {
        private final int losses;
        private int opened;

        LosesTheFirst(int losses) {
            this.losses = losses;
        }

        @Override
        public synchronized void opened(RawService.Stream stream) {
            if (opened++ < losses) {
                stream.end(Status.UNAVAILABLE);
            } else {
                stream.accept();
                stream.send(new OutboundFrame().ping(io.netty.buffer.Unpooled.EMPTY_BUFFER));
                stream.request(1);
            }
        }

        @Override
        public void packet(RawService.Stream stream, int opcode, ByteBuf payload) {
            stream.send(RawService.message(1002, ByteBufUtil.getBytes(payload)));
        }
    }

    @Test
    void keepsTheFirstPacketsForTheNextNodeWhenOneIsLostBeforeItAccepts() {
        try (RawService service = new RawService(new LosesTheFirst(3));
                GatewayFixture gateway =
                        new GatewayFixture(List.of(service.member(1)), NodeAtLoginTest::firstPacket, b -> {})) {
            gateway.awaitReady();
            try (RawClient client = gateway.client("first")) {
                client.send(1001, "one").send(1001, "two");
                assertThat(client.receive().text()).isEqualTo("one");
                assertThat(client.receive().text()).isEqualTo("two");
            }
            assertThat(service.streams()).hasSize(4);
        }
    }

    @Test
    void logsInThroughNodesThatAreLostMeanwhile() {
        try (RawService service = new RawService(new LosesTheFirst(3));
                GatewayFixture gateway = new GatewayFixture(List.of(service.member(1)), b -> b, b -> {})) {
            gateway.awaitReady();
            try (RawClient client = gateway.client("lucky")) {
                assertThat(client.send(1001, "in").receive().text()).isEqualTo("in");
            }
        }
    }

    @Test
    void failsTheLoginWhoseNodesAreLostTooOften() {
        try (RawService service = new RawService(new LosesTheFirst(100));
                GatewayFixture gateway = new GatewayFixture(List.of(service.member(1)), b -> b, b -> {})) {
            gateway.awaitReady();
            try (RawClient client = gateway.client()) {
                RawClient.Packet answer = client.sendLogin("unlucky").receive();
                assertThat(answer.opcode()).isEqualTo(Gonet2.USER_LOGIN_FAILD_ACK);
                assertThat(answer.fault().code()).isEqualTo(LoginFailure.SERVICE_UNAVAILABLE.code());
                assertThat(client.closedInOrder()).isTrue();
            }
            gateway.awaitSessions(0);
            assertThat(service.streams()).hasSize(4);
        }
    }

    /** Accepts nobody and says nothing, as a service that sends its headers with its first answer. */
    private static final class SaysNothing implements RawService.Script {
        @Override
        public void opened(RawService.Stream stream) {
            stream.request(1);
        }
    }

    @Test
    void takesANodeThatDoesNotRefuseForOneThatAccepts() {
        try (RawService service = new RawService(new SaysNothing());
                GatewayFixture gateway = new GatewayFixture(
                        List.of(service.member(1)), b -> b.acceptWindow(Duration.ofMillis(1)), b -> {})) {
            gateway.awaitReady();
            try (RawClient client = gateway.client("silent")) {
                assertThat(client.send(Gonet2.HEART_BEAT_REQ, new byte[4])
                                .receive()
                                .opcode())
                        .isEqualTo(Gonet2.HEART_BEAT_ACK);
            }
            gateway.awaitSessions(0);
        }
    }
}
