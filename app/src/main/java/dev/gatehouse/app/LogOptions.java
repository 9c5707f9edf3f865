package dev.gatehouse.app;

import dev.gatehouse.app.logging.LogFormat;
import dev.gatehouse.app.logging.LogLevel;
import dev.gatehouse.app.logging.LogSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** The options of the log, which every server has. */
final class LogOptions {
    private final Supplier<Optional<LogFormat>> format;
    private final Supplier<Optional<Path>> file;
    private final Supplier<Optional<LogLevel>> level;

    LogOptions(CommandSpec command) {
        format = Subcommand.option(command, "--log-format", "text|json", LogFormat.class, "How lines of the log look.");
        file = Subcommand.option(
                command,
                "--log-file",
                "FILE",
                Path.class,
                "Where the log goes, instead of the standard error stream; it rolls by day and size.");
        level = Subcommand.option(
                command, "--log-level", "LEVEL", LogLevel.class, "trace, debug, info, warn or error.");
    }

    /** The settings of a command without a configuration. */
    LogSettings settings(LogLevel defaultLevel) {
        LogSettings base = LogSettings.DEFAULT;
        return new LogSettings(
                level.get().orElse(defaultLevel),
                format.get().orElse(base.format()),
                file.get(),
                base.fileBytesMax(),
                base.daysMax(),
                base.totalBytesMax());
    }

    /** The options that were given, as keys of a configuration. */
    Map<String, String> given() {
        Map<String, String> given = new TreeMap<>();
        format.get().ifPresent(value -> given.put("log.format", value.name().toLowerCase(Locale.ROOT)));
        file.get().ifPresent(value -> given.put("log.file", value.toString()));
        level.get().ifPresent(value -> given.put("log.level", value.name().toLowerCase(Locale.ROOT)));
        return given;
    }
}
