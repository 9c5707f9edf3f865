package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A short run, with a server that doesn't start and one that answers wrongly. */
class BenchTest {
    private static final List<Work> WORKS = List.of(new Work(64, 1), new Work(64, 4));
    private static final Options SHORT = new Options(1, Duration.ofMillis(20), 3, Set.of());

    @BeforeAll
    static void needs() {
        Needs.pinnedProcesses();
    }

    private static String run(Contestant... contestants) throws ProgramException {
        try (Progress progress = Progress.of("test", false)) {
            return new TurnsExperiment(List.of(contestants), WORKS, List.of(), Appendix.NONE).run(SHORT, progress);
        }
    }

    @Test
    void measuresTheGatewayBesideNet() throws ProgramException {
        assertThat(run(Contestants.net(Wire.LENGTH), Contestants.gonet2(), Contestants.trunk()))
                .containsPattern("\\| `net` \\| 1\\.00 \\(1\\.00 to 1\\.00\\) \\| 1\\.00 \\(1\\.00 to 1\\.00\\) \\|")
                .containsPattern("\\| gateway, contract `trunk` \\| [0-9.]+ \\([0-9.]+ to [0-9.]+\\) \\| [0-9.]+ ")
                .containsPattern("\\| gateway, contract `gonet2` \\| [0-9.]+ \\([0-9.]+ to [0-9.]+\\) \\| [0-9.]+ ");
    }

    @Test
    void tellsOfThoseThatFailAndGoesOn() throws ProgramException {
        Contestant absent = new Contestant("absent", "Absent", Wire.LENGTH, Program.ours(BenchTest.class));
        Contestant wrong = new Contestant("wrong", "Wrong", Wire.LENGTH, Program.ours(WrongEcho.class));
        assertThat(run(Contestants.net(Wire.LENGTH), absent, wrong))
                .containsPattern("\\| `net` \\| 1\\.00 ")
                .containsPattern("\\* Absent: ended, with its last words: .*main")
                .containsPattern("\\* Wrong: 64 B, 1 in flight: .+")
                .contains("| Wrong | - | - |");
    }
}
