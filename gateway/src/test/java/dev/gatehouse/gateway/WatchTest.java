package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Rate limit, inspector and trace log. */
class WatchTest {
    @Test
    void refusesThePacketThatExceedsTheRate() {
        try (GatewayFixture gateway = new GatewayFixture(1, b -> b.rateLimit(new RateLimit(60, 5)))) {
            try (RawClient client = gateway.client("fast")) {
                for (int i = 0; i < 4; i++) {
                    client.send(1001, "n" + i);
                }
                for (int i = 0; i < 4; i++) {
                    assertThat(client.receive().text()).isEqualTo("n" + i);
                }
                gateway.ticker.advance(Duration.ofSeconds(1));
                assertThat(client.send(1001, "one more").receive().text()).isEqualTo("one more");
                assertThat(client.send(1001, "too many").receiveEnd()).isEqualTo(EndReason.RATE_LIMIT.code());
            }
            gateway.awaitEnded(EndReason.RATE_LIMIT, 1);
            assertThat(gateway.gateway.statistics().routes().get(1).packetsIn()).isEqualTo(5);
        }
    }

    @Test
    void limitsAStrangerToo() {
        try (GatewayFixture gateway = new GatewayFixture(0, b -> b.rateLimit(new RateLimit(60, 3)));
                RawClient client = gateway.client()) {
            for (int i = 0; i < 4; i++) {
                client.send(Gonet2.HEART_BEAT_REQ, new byte[4]);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(client.receive().opcode()).isEqualTo(Gonet2.HEART_BEAT_ACK);
            }
            assertThat(client.receiveEnd()).isEqualTo(EndReason.RATE_LIMIT.code());
        }
    }

    @Test
    void showsEachSessionOnceAMinuteToTheInspectorWhichMayEndIt() {
        List<SessionView> seen = new CopyOnWriteArrayList<>();
        Inspector inspector = view -> {
            seen.add(view);
            return view.packetsIn() > 10 ? Inspector.Verdict.END : Inspector.Verdict.GO_ON;
        };
        try (GatewayFixture gateway = new GatewayFixture(
                        1, new DemoHandler(), b -> b.idleTimeout(Duration.ZERO), b -> b.inspector(inspector));
                RawClient quiet = gateway.client("quiet");
                RawClient cheater = gateway.client("cheater");
                RawClient stranger = gateway.client()) {
            // The stranger's time begins when the gateway has taken it.
            await().until(() -> gateway.gateway.statistics().sessions() == 3);
            for (int i = 0; i < 10; i++) {
                cheater.send(1001, "").receive();
            }
            gateway.ticker.advance(Duration.ofSeconds(59));
            assertThat(quiet.send(1001, "").receive().opcode()).isEqualTo(1002);
            assertThat(seen).isEmpty();
            gateway.ticker.advance(Duration.ofSeconds(1));
            assertThat(cheater.receiveEnd()).isEqualTo(EndReason.KICKED.code());
            await().until(() -> seen.size() == 2);
            assertThat(seen)
                    .extracting(
                            SessionView::packetsIn,
                            SessionView::packetsOut,
                            v -> v.age().toSeconds())
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(2L, 2L, 60L),
                            org.assertj.core.groups.Tuple.tuple(11L, 11L, 60L));
            assertThat(stranger.receiveEnd()).isEqualTo(EndReason.LOGIN_TIMEOUT.code());
        }
    }

    @Test
    void tracesPacketsByNameWithoutPayload() {
        try (LogCapture log = new LogCapture();
                GatewayFixture gateway =
                        new GatewayFixture(1, b -> b.trace(true).opcodeNames(Map.of(1002, "echo_ack")));
                RawClient client = gateway.client("traced")) {
            client.send(1001, "payload-text").receive();
            assertThat(log.lines().stream()
                            .filter(l -> l.logger().equals("dev.gatehouse.packets"))
                            .map(l -> l.text().replaceAll("^s[0-9]+ ", "")))
                    .containsExactly(
                            "in user_login_req 34 bytes",
                            "out user_login_succeed_ack 4 bytes",
                            "in proto_ping_req 12 bytes",
                            "out echo_ack 12 bytes");
            assertThat(log.lines()).noneMatch(l -> l.text().contains("payload-text"));
        }
    }

    @Test
    void tracesNothingByDefault() {
        try (LogCapture log = new LogCapture();
                GatewayFixture gateway = new GatewayFixture(1, b -> b);
                RawClient client = gateway.client("untraced")) {
            client.send(1001, "").receive();
            assertThat(log.lines()).noneMatch(l -> l.logger().equals("dev.gatehouse.packets"));
        }
    }
}
