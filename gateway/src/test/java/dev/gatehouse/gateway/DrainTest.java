package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves that the ring brings about: nothing is lost, doubled or reordered, and not all sessions go at once. */
class DrainTest extends OnEachContract {
    private static final int CLIENTS = 20;
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private static GatewayConfig.Builder patient(GatewayConfig.Builder settings) {
        // The machine may stall for longer than an attachment's end takes otherwise.
        return settings.detachTimeout(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sessionsOfANodeThatIsDrainedOrHasLeftMoveUnderTraffic(boolean drained) {
        try (NodesOnRing ring = new NodesOnRing(DrainTest::patient, 1, 1, 1)) {
            List<Talker> talkers = Talker.start(ring.fixture, CLIENTS);
            Talker.awaitAnswers(talkers, 50);
            assertThat(ring.count(0)).isPositive();
            if (drained) {
                ring.isDrained(0).publish();
            } else {
                ring.hasLeft(0).publish();
            }
            ring.fixture.advanceUntil(Duration.ofMillis(100), () -> ring.count(0) == 0);
            Talker.awaitAnswers(talkers, 50);
            ring.attached().forEach((user, at) -> assertThat(at).containsExactly(ring.owner(user)));
            Talker.assertNothingLost(talkers);
            assertThat(ring.statistics(0).lostAttachments()).isZero();
        }
    }

    @Test
    void aDrainThatMovesNobodyYetMovesNobody() {
        try (NodesOnRing ring = new NodesOnRing(DrainTest::patient, 1, 1)) {
            List<RawClient> clients = ring.clients("client-", CLIENTS);
            await().until(() -> ring.attached().size() == CLIENTS);
            Set<Long> before = ring.users(0);
            // An operator has asked for it, and its data is still under way: it owns.
            ring.isDraining(0).publish();
            await().until(() -> ring.service().ringVersion() == ring.version());
            ring.fixture.ticker.advance(Duration.ofSeconds(10));
            NodesOnRing.allAnswered(clients, "still here");
            assertThat(ring.users(0)).isEqualTo(before);
            // Its new users come to it, too.
            ring.clients("new-", CLIENTS);
            await().until(() -> ring.attached().size() == 2 * CLIENTS);
            ring.attached().forEach((user, at) -> assertThat(at).containsExactly(ring.owner(user)));
            assertThat(ring.count(0)).isGreaterThan(before.size());
        }
    }

    @Test
    void sessionsMoveAtTheSetPace() {
        int perSecond = 4 * LOOPS;
        // More than move at once, however many loops the machine gives.
        int count = Math.max(CLIENTS, 5 * LOOPS);
        try (NodesOnRing ring = new NodesOnRing(b -> patient(b).movesPerSecond(perSecond), 1, 1)) {
            List<RawClient> clients = ring.clients("client-", count);
            await().until(() -> ring.attached().size() == count);
            int before = ring.count(0);
            assertThat(before).isGreaterThan(LOOPS);
            ring.isDrained(0).publish();
            await().until(() -> ring.count(0) < before);
            Duration step = Duration.ofMillis(50);
            int steps = 0;
            do {
                NodesOnRing.allAnswered(clients, "answered meanwhile");
                // One from each event loop at the start, and then as many as the clock allows.
                double allowed = LOOPS + steps * step.toMillis() / 1000.0 * perSecond;
                assertThat(before - ring.count(0)).isLessThanOrEqualTo((int) allowed);
                ring.fixture.ticker.advance(step);
                steps++;
            } while (ring.count(0) > 0);
            NodesOnRing.allAnswered(clients, "moved");
            assertThat(ring.count(1)).isEqualTo(count);
        }
    }

    @Test
    void aDrainedNodeServesOnUntilAnotherOwnerCan() {
        try (NodesOnRing ring = new NodesOnRing(DrainTest::patient, 1, 1)) {
            ring.proxies.get(1).down();
            await().until(() -> ring.statistics(1).liveLinks() == 0);
            ring.hasLeft(1).publish();
            List<Talker> talkers = Talker.start(ring.fixture, 5);
            Talker.awaitAnswers(talkers, 10);
            ring.owns(0).isDrained(0).joins(1).publish();
            ring.fixture.ticker.advance(Duration.ofSeconds(2));
            Talker.awaitAnswers(talkers, 50);
            assertThat(ring.count(0)).isEqualTo(5);
            ring.proxies.get(1).up();
            ring.fixture.advanceUntil(Duration.ofMillis(100), () -> ring.count(1) == 5);
            Talker.assertNothingLost(talkers);
        }
    }

    @Test
    void aDrainThatIsTakenBackLeavesEverybodyServed() {
        try (NodesOnRing ring = new NodesOnRing(b -> patient(b).movesPerSecond(1), 1, 1)) {
            List<Talker> talkers = Talker.start(ring.fixture, CLIENTS);
            Talker.awaitAnswers(talkers, 20);
            int before = ring.count(0);
            ring.isDrained(0).publish();
            await().until(() -> ring.count(0) < before);
            ring.owns(0).publish();
            ring.fixture.advanceUntil(
                    Duration.ofSeconds(1), () -> ring.statistics(0).liveLinks() >= LOOPS);
            Talker.awaitAnswers(talkers, 50);
            Talker.assertNothingLost(talkers);
        }
    }
}
