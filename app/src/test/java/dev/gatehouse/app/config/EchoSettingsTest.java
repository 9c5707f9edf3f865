package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.logging.LogFormat;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EchoSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void hasDefaults() {
        assertThat(EchoSettings.read(new Sources(Optional.empty(), Map.of(), Map.of())))
                .isEqualTo(new EchoSettings(
                        new HostPort("127.0.0.1", 6379),
                        64 << 10,
                        50_000,
                        Duration.ZERO,
                        TransportChoice.AUTO,
                        0,
                        Duration.ofSeconds(10),
                        LogSettings.DEFAULT));
    }

    @Test
    void readsEveryKey() throws IOException {
        Path file = Files.writeString(folder.resolve("echo.yaml"), """
                listen: localhost:7000
                line-bytes-max: 1k
                connections-max: 5
                idle-timeout: 1m
                transport: epoll
                threads: 1
                grace: 1s
                log: {level: warn, format: json, file: echo.log, file-bytes-max: 1m, days-max: 1, total-bytes-max: 2m}
                """);
        Sources sources = new Sources(Optional.of(file), Map.of(), Map.of());
        assertThat(EchoSettings.read(sources))
                .isEqualTo(new EchoSettings(
                        new HostPort("localhost", 7000),
                        1024,
                        5,
                        Duration.ofMinutes(1),
                        TransportChoice.EPOLL,
                        1,
                        Duration.ofSeconds(1),
                        new LogSettings(
                                LogLevel.WARN, LogFormat.JSON, Optional.of(Path.of("echo.log")), 1 << 20, 1, 2 << 20)));
        Values values = new ConfigReader(EchoKeys.KEYS).read(sources);
        assertThat(EchoKeys.KEYS.all()).allMatch(values::hasAny, "is in the file of this test");
    }

    @Test
    void hasVariablesOfItsOwn() {
        Map<String, String> environment = Map.of("GATEHOUSE_ECHO_LISTEN", "localhost:1", "GATEHOUSE_LISTEN", "a:2");
        assertThat(EchoSettings.read(new Sources(Optional.empty(), environment, Map.of()))
                        .listen())
                .isEqualTo(new HostPort("localhost", 1));
    }
}
