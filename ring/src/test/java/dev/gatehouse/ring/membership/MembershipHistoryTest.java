package dev.gatehouse.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises hold over random histories, and a machine that breaks one is caught. A history that fails tells its seed. */
class MembershipHistoryTest {
    private static final int HISTORIES = 200;
    private static final int STEPS = 250;

    private static void run(World.Parts parts, long seed) {
        try {
            new World(Choice.of(seed), parts).run(STEPS);
        } catch (AssertionError e) {
            throw new AssertionError("history of seed " + seed, e);
        }
    }

    @Test
    void promisesHoldOverRandomHistories() {
        long first = new Random().nextInt(1_000_000);
        System.out.println("MembershipHistoryTest: seeds from " + first);
        for (long seed = first; seed < first + HISTORIES; seed++) {
            run(World.Parts.TRUE, seed);
        }
    }

    static Stream<MembershipFault> faults() {
        return MembershipFault.all();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void catchesAFault(MembershipFault fault) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= HISTORIES; seed++) {
                        run(fault.parts(), seed);
                    }
                })
                .as("what the rules say of: %s", fault)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("history of seed");
        assertThat(fault.parts()).isNotEqualTo(World.Parts.TRUE);
    }
}
