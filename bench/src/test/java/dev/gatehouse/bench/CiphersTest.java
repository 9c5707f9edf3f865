package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CiphersTest {
    private static final Work WORK = new Work(64, 1);

    @BeforeAll
    static void needs() {
        Needs.pinnedProcesses();
    }

    @Test
    void tellsWhatIsAddedBesideTheCipherAlone() throws ProgramException {
        Costs costs = new Costs();
        costs.add("gonet2", WORK, 10);
        costs.add("gonet2-legacy", WORK, 11.5);
        Options options = new Options(1, Duration.ofMillis(1), 1, Set.of("gonet2-legacy"));
        try (Progress progress = Progress.of("test", false)) {
            assertThat(new Ciphers("gonet2", List.of(WORK)).text(costs, options, progress))
                    .contains("added to `gonet2` | 1.50 (1.50 to 1.50) |")
                    .containsPattern("the cipher alone \\| [0-9]+\\.[0-9][0-9] \\|")
                    .doesNotContain("TLS 1.3 by");
        }
    }
}
