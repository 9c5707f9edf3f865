package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class LogTest {
    @TempDir
    private Path folder;

    @Test
    void isOneJsonObjectALine() throws Exception {
        try (GatehouseProcess echo =
                GatehouseProcess.start("echo", "--listen", "127.0.0.1:0", "--log-format", "json")) {
            echo.awaitReady();
            echo.signal("TERM");
            assertThat(echo.awaitExit()).isZero();
            assertThat(echo.errors()).isNotEmpty().allSatisfy(line -> {
                // JSON is YAML, and there is a YAML parser on the class path.
                Map<String, Object> event = new Yaml().load(line);
                assertThat(event).containsOnlyKeys("time", "level", "logger", "thread", "message");
            });
            assertThat(echo.errors()).anyMatch(line -> line.contains("\"message\":\"stopping on TERM\""));
        }
    }

    @Test
    void goesToAFile() throws Exception {
        Path file = folder.resolve("gatehouse.log");
        try (GatehouseProcess echo =
                GatehouseProcess.start("echo", "--listen", "127.0.0.1:0", "--log-file", file.toString())) {
            echo.awaitReady();
            echo.signal("TERM");
            assertThat(echo.awaitExit()).isZero();
            assertThat(echo.errors()).isEmpty();
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.getLast()).endsWith("INFO  ServerProcess: stopped");
    }

    @Test
    void saysOnlyWhatItsLevelAllows() throws Exception {
        try (GatehouseProcess echo = GatehouseProcess.start("echo", "--listen", "127.0.0.1:0", "--log-level", "warn")) {
            echo.awaitReady();
            echo.signal("TERM");
            assertThat(echo.awaitExit()).isZero();
            assertThat(echo.errors()).isEmpty();
        }
    }
}
