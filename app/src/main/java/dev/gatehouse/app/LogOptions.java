package dev.gatehouse.app;

import dev.gatehouse.app.logging.LogFormat;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.LogSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options of the log, which every server has. */
final class LogOptions {
    @Option(names = "--log-format", paramLabel = "text|json", description = "How lines of the log look.")
    private Optional<LogFormat> format = Optional.empty();

    @Option(
            names = "--log-file",
            paramLabel = "FILE",
            description = "Where the log goes, instead of the standard error stream; it rolls by day and size.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "trace, debug, info, warn or error.")
    private Optional<LogLevel> level = Optional.empty();

    /** The settings of a command without a configuration. */
    LogSettings settings(LogLevel defaultLevel) {
        LogSettings base = LogSettings.DEFAULT;
        return new LogSettings(
                level.orElse(defaultLevel),
                format.orElse(base.format()),
                file,
                base.fileBytesMax(),
                base.daysMax(),
                base.totalBytesMax());
    }

    /** The options that were given, as keys of a configuration. */
    Map<String, String> given() {
        Map<String, String> given = new TreeMap<>();
        format.ifPresent(value -> given.put("log.format", value.name().toLowerCase(Locale.ROOT)));
        file.ifPresent(value -> given.put("log.file", value.toString()));
        level.ifPresent(value -> given.put("log.level", value.name().toLowerCase(Locale.ROOT)));
        return given;
    }
}
