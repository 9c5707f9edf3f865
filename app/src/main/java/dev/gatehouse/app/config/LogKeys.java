package dev.gatehouse.app.config;

import dev.gatehouse.app.logging.LogFormat;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.LogSettings;
import java.nio.file.Path;
import java.util.List;

/** The keys of the log, which every server has. */
final class LogKeys {
    static final Key<LogLevel> LEVEL = new Key<>(
            "log.level",
            KeyType.choice(LogLevel.class),
            "info",
            "From which level on events are logged. A gateway reloads it by HUP.");
    static final Key<LogFormat> FORMAT =
            new Key<>("log.format", KeyType.choice(LogFormat.class), "text", "How lines of the log look.");
    static final Key<Path> FILE =
            new Key<>("log.file", KeyType.file(), "", "Where the log goes; without it to the standard error stream.");
    static final Key<Long> FILE_BYTES_MAX = new Key<>(
            "log.file-bytes-max",
            KeyType.bytes(64 << 10, 1L << 40),
            "100m",
            "A log file of this size is rolled, as it is each day.");
    static final Key<Integer> DAYS_MAX =
            new Key<>("log.days-max", KeyType.number(1, 3650), "14", "Rolled log files are kept so many days.");
    static final Key<Long> TOTAL_BYTES_MAX = new Key<>(
            "log.total-bytes-max",
            KeyType.bytes(64 << 10, 1L << 50),
            "2g",
            "Rolled log files take so much together; then the oldest are removed.");

    static final List<Key<?>> ALL = List.of(LEVEL, FORMAT, FILE, FILE_BYTES_MAX, DAYS_MAX, TOTAL_BYTES_MAX);

    private LogKeys() {}

    static LogSettings read(Values values) {
        return new LogSettings(
                values.get(LEVEL),
                values.get(FORMAT),
                values.find(FILE),
                values.get(FILE_BYTES_MAX),
                values.get(DAYS_MAX),
                values.get(TOTAL_BYTES_MAX));
    }
}
