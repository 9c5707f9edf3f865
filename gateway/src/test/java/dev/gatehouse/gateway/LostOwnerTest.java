package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.protocol.EndReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Owners that are lost, to this gateway or to all: their sessions follow the ring, and only the ring. */
class LostOwnerTest extends OnEachContract {
    private static final int CLIENTS = 12;

    private static GatewayConfig.Builder patient(GatewayConfig.Builder settings) {
        // The machine may stall for longer than an attachment's end takes otherwise.
        return settings.detachTimeout(Duration.ofSeconds(30)).ownerTimeout(Duration.ofSeconds(20));
    }

    private static List<RawClient> clients(NodesOnRing ring) {
        List<RawClient> clients = ring.clients("client-", CLIENTS);
        await().until(() -> ring.attached().size() == CLIENTS);
        assertThat(ring.count(0)).isPositive();
        return clients;
    }

    /** Breaks the way to the first node, and waits until the gateway and the node have noticed. */
    private static Set<Long> loseFirst(NodesOnRing ring) {
        Set<Long> lost = ring.users(0);
        ring.proxies.get(0).down();
        await().until(() -> ring.statistics(0).lostAttachments() == lost.size()
                && ring.statistics(0).liveLinks() == 0
                && ring.count(0) == 0);
        return lost;
    }

    @Test
    void sessionsWaitForTheRingAndGoToTheOwnerThatItNames() {
        try (NodesOnRing ring = new NodesOnRing(b -> patient(b).reattachAttemptsMax(1), 1, 1, 1)) {
            List<RawClient> clients = clients(ring);
            Set<Long> lost = loseFirst(ring);
            ring.fixture.ticker.advance(Duration.ofSeconds(15));
            // A ring that still names the lost node is no reason to go anywhere.
            ring.publish();
            await().until(() ->
                    ring.service().waiting() == lost.size() && ring.service().ringVersion() == ring.version());
            assertThat(ring.attached().keySet()).doesNotContainAnyElementsOf(lost);
            ring.isDown(0).publish();
            await().until(() -> ring.attached().size() == CLIENTS);
            NodesOnRing.allAnswered(clients, "moved");
            assertThat(ring.service().waiting()).isZero();
            ring.attached().forEach((user, at) -> assertThat(at).containsExactly(ring.owner(user)));
            // It comes back, and nobody returns.
            ring.proxies.get(0).up();
            ring.owns(0).publish();
            ring.fixture.advanceUntil(
                    Duration.ofMillis(200), () -> ring.statistics(0).liveLinks() > 0);
            NodesOnRing.allAnswered(clients, "stayed");
            assertThat(ring.count(0)).isZero();
        }
    }

    @Test
    void sessionsWhoseRingDoesNotFollowGoBackToTheirOwnerOnceItIsThere() {
        try (NodesOnRing ring = new NodesOnRing(LostOwnerTest::patient, 1, 1)) {
            List<RawClient> clients = clients(ring);
            Set<Long> lost = loseFirst(ring);
            ring.proxies.get(0).up();
            ring.fixture.advanceUntil(
                    Duration.ofMillis(200), () -> ring.users(0).equals(lost));
            NodesOnRing.allAnswered(clients, "back");
        }
    }

    @Test
    void sessionsWhoseRingNeverFollowsEndAndTheOthersDoNot() {
        try (NodesOnRing ring = new NodesOnRing(LostOwnerTest::patient, 1, 1)) {
            clients(ring);
            int lost = loseFirst(ring).size();
            ring.fixture.ticker.advance(Duration.ofSeconds(19));
            ring.publish();
            assertThat(ring.fixture.gateway.statistics().sessions()).isEqualTo(CLIENTS);
            // Each session's time begins when it has heard of the loss.
            ring.fixture.advanceUntil(
                    Duration.ofSeconds(5), () -> ring.fixture.ended(EndReason.SERVICE_UNAVAILABLE) == lost);
            ring.fixture.ticker.advance(Duration.ofSeconds(30));
            ring.fixture.awaitSessions(CLIENTS - lost);
            assertThat(ring.count(1)).isEqualTo(CLIENTS - lost);
        }
    }

    @Test
    void aNodeThatTheRingSaysIsDownIsLostThoughItsTransportIsThere() {
        try (NodesOnRing ring = new NodesOnRing(LostOwnerTest::patient, 1, 1, 1)) {
            List<RawClient> clients = clients(ring);
            int silent = ring.count(0);
            ring.proxies.get(0).freeze();
            clients.forEach(client -> client.send(1001, "stale"));
            await().until(() -> ring.statistics(0).forwarded() == silent);
            ring.isDown(0).publish();
            await().until(() -> ring.count(1) + ring.count(2) == CLIENTS);
            assertThat(ring.statistics(0).lostAttachments()).isEqualTo(silent);
            // What the node does when it goes on reaches nobody.
            ring.proxies.get(0).thaw();
            await().until(() -> ring.statistics(0).stale() == silent && ring.count(0) == 0);
            clients.forEach(client -> client.send(1001, "after"));
            int answered = 0;
            for (RawClient client : clients) {
                String text = client.receive().text();
                if (text.equals("stale")) {
                    answered++;
                    text = client.receive().text();
                }
                assertThat(text).isEqualTo("after");
            }
            assertThat(answered).isEqualTo(CLIENTS - silent);
        }
    }

    @Test
    void aNodeThatIsTakenOffForGoodIsNotSaidToBeBack() {
        try (NodesOnRing ring = new NodesOnRing(LostOwnerTest::patient, 1, 1);
                LogCapture log = new LogCapture()) {
            ring.isDown(0).publish();
            await().until(() ->
                    log.lines().stream().anyMatch(line -> line.text().startsWith("link game game1 taken off")));
            ring.hasLeft(0).publish();
            // Its links have nobody left, so the next tick of each event loop closes them.
            await().until(() -> ring.statistics(0).liveLinks() == 0);
            assertThat(log.lines()).noneMatch(line -> line.text().contains("back on the ring"));
        }
    }

    @Test
    void aLossWithinTheMinuteThatIsOneTooManyEndsTheSession() {
        try (NodesOnRing ring = new NodesOnRing(b -> patient(b).reattachAttemptsMax(1), 1);
                RawClient client = ring.fixture.client("tough")) {
            await().until(() -> ring.count(0) == 1);
            ring.isDown(0).publish();
            await().until(() -> ring.count(0) == 0);
            ring.owns(0).publish();
            assertThat(client.send(1001, "once").receive().text()).isEqualTo("once");
            ring.isDown(0).publish();
            assertThat(client.receiveEnd()).isEqualTo(EndReason.SERVICE_UNAVAILABLE.code());
        }
    }

    @Test
    void aLoginWaitsForTheOwnerAndForNobodyElse() {
        try (NodesOnRing ring = new NodesOnRing(b -> patient(b).attachTimeout(Duration.ofSeconds(10)), 1, 1)) {
            clients(ring).forEach(RawClient::close);
            ring.fixture.awaitSessions(0);
            ring.proxies.get(0).down();
            await().until(() -> ring.statistics(0).liveLinks() == 0);
            // The development authenticator gave them 1..12; each comes back as who it was.
            List<RawClient> again = ring.connect(CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                again.get(i).sendLogin("client-" + i);
            }
            long mine = LongStream.rangeClosed(1, CLIENTS)
                    .filter(user -> ring.owner(user).equals("game2"))
                    .count();
            await().until(() -> ring.count(1) == mine && ring.service().waiting() == CLIENTS - mine);
            assertThat(ring.fixture.gateway.statistics().sessions()).isEqualTo(CLIENTS);
            ring.isDown(0).publish();
            await().until(() -> ring.count(1) == CLIENTS);
        }
    }
}
