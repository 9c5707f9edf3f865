package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.ring.Member;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moves that are planned: nothing is lost, doubled or reordered. */
class MoveTest extends OnEachContract {
    private static final int CLIENTS = 20;

    private static GatewayConfig.Builder patient(GatewayConfig.Builder settings) {
        // The machine may stall for longer than an attachment's end takes otherwise.
        return settings.noRateLimit().detachTimeout(Duration.ofSeconds(30));
    }

    @Test
    void aNodeThatStopsHandsItsSessionsOver() {
        try (TwoNodes two = new TwoNodes(MoveTest::patient)) {
            List<Talker> talkers = Talker.start(two.fixture, CLIENTS);
            Talker.awaitAnswers(talkers, 50);
            assertThat(two.users(0)).isBetween(1, CLIENTS - 1);
            two.nodes.get(0).stop(Duration.ofSeconds(60));
            await().until(() -> two.users(1) == CLIENTS);
            Talker.awaitAnswers(talkers, 50);
            Talker.assertNothingLost(talkers);
            assertThat(two.fixture.gateway.statistics().nodes().get(0).lostAttachments())
                    .isZero();
        }
    }

    @Test
    void aMemberThatIsRemovedHandsItsSessionsOverAndANewOneTakesUsers() {
        try (TwoNodes two = new TwoNodes(MoveTest::patient)) {
            List<Talker> talkers = Talker.start(two.fixture, CLIENTS);
            Talker.awaitAnswers(talkers, 50);
            two.registry.replace("game", List.of(two.member(1)));
            await().until(() -> two.users(0) == 0 && two.users(1) == CLIENTS);
            Talker.awaitAnswers(talkers, 50);
            two.registry.replace("game", two.members());
            two.awaitLinks(2);
            // Who is served stays where they are; new ones come.
            assertThat(two.users(0)).isZero();
            List<Talker> more = Talker.start(two.fixture, 2 * CLIENTS).subList(CLIENTS, 2 * CLIENTS);
            Talker.awaitAnswers(more, 10);
            assertThat(two.users(0)).isPositive();
            more.forEach(Talker::close);
        }
    }

    @Test
    void stopsServingFromAMemberOnlyWhenAnotherCan() {
        try (TwoNodes two = new TwoNodes(MoveTest::patient)) {
            two.proxies.get(1).down();
            two.awaitNoLinks(1);
            List<Talker> talkers = Talker.start(two.fixture, 3);
            Talker.awaitAnswers(talkers, 10);
            two.registry.replace("game", List.of(two.member(1)));
            Talker.awaitAnswers(talkers, 50);
            assertThat(two.users(0)).isEqualTo(3);
            two.proxies.get(1).up();
            two.fixture.advanceUntil(Duration.ofMillis(100), () -> two.users(1) == 3);
            Talker.awaitAnswers(talkers, 10);
            Talker.assertNothingLost(talkers);
        }
    }

    @Test
    void leavesOutAMemberThatTheConfigurationForbids() {
        try (TwoNodes two = new TwoNodes(MoveTest::patient);
                LogCapture log = new LogCapture()) {
            two.registry.replace("game", List.of(Member.of("away", "192.0.2.1", 7000), two.member(0), two.member(1)));
            String forbidden = "service game: node away at 192.0.2.1 without TLS"
                    + " (expected: a loopback address, tls, or insecure: true)";
            await().until(() -> log.lines().stream().anyMatch(l -> l.text().equals(forbidden)));
            // A link is counted before it is logged: the line of the last one may come only now.
            assertThat(log.lines())
                    .filteredOn(l -> !l.text().matches("link game game[12] up"))
                    .allMatch(l -> l.text().equals(forbidden));
            try (RawClient client = two.fixture.client("here")) {
                assertThat(client.send(1001, "served").receive().text()).isEqualTo("served");
            }
            assertThat(two.fixture.ended(EndReason.SERVICE_UNAVAILABLE)).isZero();
        }
    }
}
