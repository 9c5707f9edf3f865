package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.protocol.EndReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** Random histories of planned changes under traffic; each prints its seed, which {@code -Dseed=} repeats. */
class RandomRingsTest extends OnEachContract {
    private static final int NODES = 4;
    private static final int STEPS = 30;

    /** What nodes are on the ring, as the history has it. */
    private enum Standing {
        OWNS,
        DRAINED,
        GONE
    }

    private final List<Standing> standings =
            new ArrayList<>(List.of(Standing.OWNS, Standing.OWNS, Standing.OWNS, Standing.OWNS));

    @RepeatedTest(3)
    void nothingIsLostDoubledOrReorderedAndEverybodyIsInOnePlace() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RandomRingsTest seed " + seed);
        Random random = new Random(seed);
        try (NodesOnRing ring = new NodesOnRing(
                b -> b.detachTimeout(Duration.ofSeconds(30)).movesPerSecond(100).reattachJitter(Duration.ZERO),
                1,
                2,
                1,
                3)) {
            List<Talker> talkers = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                change(ring, random);
                if (random.nextInt(3) == 0) {
                    talkers.add(new Talker(ring.fixture, "talker-" + step));
                }
                ring.fixture.ticker.advance(Duration.ofMillis(random.nextInt(200)));
                if (random.nextInt(4) == 0) {
                    Talker.awaitAnswers(talkers, random.nextInt(20));
                }
            }
            // Whoever is at a node that doesn't own any more moves, and nobody else.
            ring.fixture.advanceUntil(
                    Duration.ofMillis(100),
                    () -> IntStream.range(0, NODES)
                            .allMatch(i -> standings.get(i) == Standing.OWNS || ring.count(i) == 0));
            Talker.awaitAnswers(talkers, 10);
            await().untilAsserted(() -> {
                assertThat(ring.attached()).hasSize(talkers.size());
                assertThat(ring.attached().values())
                        .allSatisfy(at -> assertThat(at).hasSize(1));
            });
            Talker.assertNothingLost(talkers);
            assertThat(ring.fixture.ended(EndReason.SERVICE_UNAVAILABLE)).isZero();
        }
    }

    /** Changes how one node stands, but for the last that owns. */
    private void change(NodesOnRing ring, Random random) {
        int node = random.nextInt(NODES);
        boolean last = standings.get(node) == Standing.OWNS
                && standings.stream().filter(s -> s == Standing.OWNS).count() == 1;
        if (last) {
            return;
        }
        Standing next = standings.get(node) == Standing.OWNS
                ? random.nextBoolean() ? Standing.DRAINED : Standing.GONE
                : Standing.OWNS;
        switch (next) {
            case OWNS -> ring.joins(node);
            case DRAINED -> ring.isDrained(node);
            case GONE -> ring.hasLeft(node);
        }
        standings.set(node, next);
        ring.publish();
    }
}
