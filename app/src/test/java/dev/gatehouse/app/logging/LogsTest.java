package dev.gatehouse.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.operator.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogsTest {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.test.LogsTest");

    @TempDir
    private Path folder;

    @AfterEach
    void endLog() {
        Logs.configure(LogSettings.DEFAULT);
    }

    private LogSettings settings(LogFormat format, long fileBytesMax) {
        Optional<Path> file = Optional.of(folder.resolve("gatehouse.log"));
        return new LogSettings(LogLevel.INFO, format, file, fileBytesMax, 14, 1 << 30);
    }

    private List<String> written(Path file, int lines) {
        await().until(() -> Files.readAllLines(file).size() >= lines);
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writesLinesForPeople() {
        Logs.configure(settings(LogFormat.TEXT, 1 << 20));
        LOG.info("hello {}", "there");
        LOG.warn("failed", new IllegalStateException("because"));
        List<String> lines = written(folder.resolve("gatehouse.log"), 3);
        assertThat(lines.getFirst())
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  LogsTest: hello there");
        assertThat(lines.get(1)).endsWith(" WARN  LogsTest: failed");
        assertThat(lines.get(2)).isEqualTo("java.lang.IllegalStateException: because");
    }

    @Test
    void keepsTheErrorsOfLibrariesShortUnlessToldToDebug() {
        Logs.configure(settings(LogFormat.TEXT, 1 << 20));
        java.util.logging.Logger library = java.util.logging.Logger.getLogger("io.grpc.Library");
        library.log(Level.WARNING, "a peer did this", new IllegalStateException("on\npurpose"));
        library.log(Level.INFO, "left out");
        // The log is written by a thread of its own.
        written(folder.resolve("gatehouse.log"), 1);
        Logs.level(LogLevel.DEBUG);
        library.log(Level.WARNING, "look closer", new IllegalStateException("on purpose"));
        List<String> lines = written(folder.resolve("gatehouse.log"), 3);
        assertThat(lines.getFirst())
                .endsWith(" WARN  Library: a peer did this (java.lang.IllegalStateException: on purpose)");
        assertThat(lines.get(1)).endsWith(" WARN  Library: look closer");
        assertThat(lines.get(2)).isEqualTo("java.lang.IllegalStateException: on purpose");
    }

    @Test
    void escapesWhatJsonMust() {
        Logs.configure(settings(LogFormat.JSON, 1 << 20));
        LOG.info("a \"quote\", a \\ and a\nline");
        assertThat(written(folder.resolve("gatehouse.log"), 1))
                .singleElement()
                .asString()
                .startsWith("{\"time\":\"2")
                .endsWith("\"message\":\"a \\\"quote\\\", a \\\\ and a\\nline\"}");
    }

    @Test
    void rollsAFileThatHasGrown() {
        Logs.configure(settings(LogFormat.TEXT, 1000));
        await().untilAsserted(() -> {
            for (int i = 0; i < 100; i++) {
                LOG.info("a line of some length, number {}", i);
            }
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .anyMatch(name -> name.matches("gatehouse\\.log\\.\\d{4}-\\d\\d-\\d\\d\\.\\d+"));
            }
        });
    }

    @Test
    void changesItsLevel() {
        Logs.configure(settings(LogFormat.TEXT, 1 << 20));
        LOG.debug("not yet");
        Logs.level(LogLevel.DEBUG);
        LOG.debug("now");
        assertThat(written(folder.resolve("gatehouse.log"), 1))
                .singleElement()
                .asString()
                .endsWith("now");
    }

    @Test
    void refusesAFileThatCannotBeOpened() {
        LogSettings settings = new LogSettings(
                LogLevel.INFO, LogFormat.TEXT, Optional.of(folder.resolve("no/log")), 1 << 20, 1, 1 << 20);
        assertThatThrownBy(() -> Logs.configure(settings))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("log file: " + folder.resolve("no/log") + " can't be opened");
    }
}
