package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostsTest {
    private static final Work WORK = new Work(64, 1);

    private final Costs costs = new Costs();

    private void add(String contestant, double... turns) {
        for (double turn : turns) {
            costs.add(contestant, WORK, turn);
        }
    }

    /** The machine is three times as slow in the second turn; the ratio doesn't see it. */
    @Test
    void ratiosAreTakenInsideEachTurn() {
        add("floor", 1, 3, 1);
        add("net", 1.5, 4.5, 1.5);
        assertThat(costs.ratio("net", "floor", WORK).text()).isEqualTo("1.50 (1.50 to 1.50)");
    }

    @Test
    void differencesAreTakenInsideEachTurn() {
        add("plain", 1, 3, 1);
        add("encrypted", 1.5, 3.5, 1.5);
        assertThat(costs.difference("encrypted", "plain", WORK).text()).isEqualTo("0.50 (0.50 to 0.50)");
    }

    @Test
    void failedTurnsOfEitherSideAreLeftOut() {
        add("floor", 1, Double.NaN, 2);
        add("net", Double.NaN, 7, 4);
        assertThat(costs.ratio("net", "floor", WORK).text()).isEqualTo("2.00 (2.00 to 2.00)");
    }

    @Test
    void cheapestIsByMedianAndNeverOneThatFailed() {
        add("a", 5, 1, 5);
        add("b", 4, 4, 4);
        add("c", Double.NaN, Double.NaN, Double.NaN);
        assertThat(costs.cheapest(List.of("a", "b", "c", "absent"), WORK)).contains("b");
        assertThat(costs.cheapest(List.of("c"), WORK)).isEmpty();
    }

    @Test
    void goalsSayWhetherTheSpreadReachesTheLimit() {
        add("floor", 1, 1, 1);
        add("net", 1.1, 1.2, 1.4);
        List<Goal> goals = List.of(
                new Goal("net", WORK, List.of("floor"), "", 1.3), new Goal("net", WORK, List.of("floor"), "", 1.15));
        assertThat(Goal.table(goals, costs))
                .contains("| yes, within the spread |")
                .contains("| no, within the spread |");
    }

    @Test
    void goalsSayWhetherTheyHold() {
        add("floor", 1, 1, 1);
        add("net", 1.3, 1.3, 1.3);
        List<Goal> goals = List.of(
                new Goal("net", WORK, List.of("floor"), "", 1.2),
                new Goal("net", WORK, List.of("floor", "absent"), "the best", 1.4),
                new Goal("absent", WORK, List.of("floor"), "", 1.0));
        assertThat(Goal.table(goals, costs))
                .contains("| net, 64 B, 1 in flight | floor | 1.20 | 1.30 (1.30 to 1.30) | no |")
                .contains("| net, 64 B, 1 in flight | the best: floor | 1.40 | 1.30 (1.30 to 1.30) | yes |")
                .doesNotContain("absent,");
    }
}
