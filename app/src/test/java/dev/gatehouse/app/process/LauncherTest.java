package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./gatehouse} does before the JVM begins. */
class LauncherTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void opensStandardStreamsThatAreClosed(int descriptor) {
        String script = "exec %d>&-; . ../scripts/streams.sh; [ -e /proc/$$/fd/%d ] && [ /proc/$$/fd/%d -ef /dev/null ]"
                .replace("%d", Integer.toString(descriptor));
        try (ChildProcess shell = Launch.program("bash", List.of("bash", "-c", script))
                .in(Path.of("").toAbsolutePath())
                .start()) {
            assertThat(shell.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void leavesOpenOnesAsTheyAre(int descriptor) {
        String script = ". ../scripts/streams.sh; ! [ /proc/$$/fd/%d -ef /dev/null ]"
                .replace("%d", Integer.toString(descriptor));
        try (ChildProcess shell =
                Launch.program("bash", List.of("bash", "-c", script)).start()) {
            assertThat(shell.awaitExit()).isZero();
        }
    }
}
