package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.protocol.EndReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that are lost, by a broken connection or by silence: their sessions stay. */
class LostNodeTest extends OnEachContract {
    private static final int CLIENTS = 10;

    private static GatewayConfig.Builder settings(GatewayConfig.Builder settings) {
        return settings.noRateLimit().idleTimeout(Duration.ZERO);
    }

    private static List<RawClient> clients(TwoNodes two) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(two.fixture.client("client-" + i));
        }
        // A login is acknowledged before a node that is trusted has seen it.
        await().until(() -> two.users(0) + two.users(1) == CLIENTS);
        assertThat(two.users(0)).isBetween(1, CLIENTS - 1);
        return clients;
    }

    private static void allAnswered(List<RawClient> clients, String text) {
        for (RawClient client : clients) {
            assertThat(client.send(1001, text).receive().text()).isEqualTo(text);
        }
    }

    @Test
    void sessionsOfABrokenNodeGoOnAtAnother() {
        try (TwoNodes two = new TwoNodes(LostNodeTest::settings)) {
            List<RawClient> clients = clients(two);
            int lost = two.users(0);
            two.proxies.get(0).down();
            await().until(() -> two.users(1) == CLIENTS);
            allAnswered(clients, "moved");
            assertThat(two.fixture.gateway.statistics().nodes().get(0).lostAttachments())
                    .isEqualTo(lost);
            assertThat(two.fixture.gateway.statistics().sessions()).isEqualTo(CLIENTS);

            // Back on the same port it takes new users; the others stay where they are.
            two.proxies.get(0).up();
            two.fixture.advanceUntil(
                    Duration.ofMillis(200),
                    () -> two.fixture.gateway.statistics().nodes().get(0).liveLinks()
                            == Runtime.getRuntime().availableProcessors());
            assertThat(two.users(1)).isEqualTo(CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(two.fixture.client("late-" + i));
            }
            assertThat(two.users(0)).isPositive();
            allAnswered(clients, "still here");
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void sessionsOfASilentNodeGoOnAtAnotherAndNothingStaleReachesThem() {
        try (TwoNodes two = new TwoNodes(LostNodeTest::settings)) {
            List<RawClient> clients = clients(two);
            allAnswered(clients, "before");
            two.proxies.get(0).freeze();
            // These are in flight when the node falls silent; half of them are lost with it.
            clients.forEach(c -> c.send(1001, "stale"));
            two.fixture.advanceUntil(Duration.ofSeconds(1), () -> two.users(1) == CLIENTS);
            two.proxies.get(0).thaw();
            await().until(() -> two.users(0) == 0);
            int stale = 0;
            for (RawClient client : clients) {
                client.send(1001, "after");
                String text = client.receive().text();
                if (text.equals("stale")) {
                    stale++;
                    text = client.receive().text();
                }
                assertThat(text).isEqualTo("after");
            }
            // Only those whose node was never silent.
            assertThat(stale).isLessThan(CLIENTS);
            allAnswered(clients, "again");
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void aSessionIsAttachedAgainThreeTimesAMinuteAndWaitingCostsNothing() {
        DemoHandler handler = new DemoHandler();
        try (var node = GatewayFixture.startNode(0, handler);
                TcpProxy proxy = new TcpProxy(node.address());
                GatewayFixture gateway = new GatewayFixture(
                        List.of(GatewayFixture.member(1, proxy.port())), LostNodeTest::settings, b -> {})) {
            gateway.awaitReady();
            try (RawClient client = gateway.client("tough")) {
                for (int i = 1; i <= 3; i++) {
                    proxy.down();
                    await().until(() -> node.users().isEmpty());
                    // The link tries in vain for 8 s, which uses no attempt.
                    for (int second = 0; second < 8; second++) {
                        gateway.ticker.advance(Duration.ofSeconds(1));
                    }
                    proxy.up();
                    gateway.advanceUntil(
                            Duration.ofMillis(200), () -> node.users().size() == 1);
                    assertThat(client.send(1001, "back " + i).receive().text()).isEqualTo("back " + i);
                }
                proxy.down();
                assertThat(client.receiveEnd()).isEqualTo(EndReason.SERVICE_UNAVAILABLE.code());
            }
            gateway.awaitSessions(0);
        }
    }

    @Test
    void aSessionThatFindsNoNodeForAMinuteEnds() {
        try (TwoNodes two = new TwoNodes(LostNodeTest::settings)) {
            List<RawClient> clients = clients(two);
            two.proxies.forEach(TcpProxy::down);
            two.awaitLinks(0);
            // A link that goes down is counted before its service hears of it.
            await().until(() -> !two.fixture.gateway.ready());
            assertThat(two.fixture.gateway.statistics().sessions()).isEqualTo(CLIENTS);
            // Each session's time begins when its own event loop has heard of the loss.
            two.fixture.advanceUntil(
                    Duration.ofSeconds(10),
                    () -> two.fixture.gateway.statistics().sessions() == 0);
            for (RawClient client : clients) {
                assertThat(client.receiveEnd()).isEqualTo(EndReason.SERVICE_UNAVAILABLE.code());
                client.close();
            }
            two.fixture.awaitSessions(0);
        }
    }
}
