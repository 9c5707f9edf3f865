package dev.gatehouse.app.logging;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of the log.
 *
 * @param level from which level on
 * @param format how lines look
 * @param file where they go; without one to the standard error stream
 * @param fileBytesMax a file that has grown to so many bytes is rolled, as it is each day
 * @param daysMax rolled files are kept so many days
 * @param totalBytesMax rolled files take so many bytes together; then the oldest go
 */
public record LogSettings(
        LogLevel level, LogFormat format, Optional<Path> file, long fileBytesMax, int daysMax, long totalBytesMax) {
    /** The defaults: from INFO on, for people, to the standard error stream. */
    public static final LogSettings DEFAULT =
            new LogSettings(LogLevel.INFO, LogFormat.TEXT, Optional.empty(), 100L << 20, 14, 2L << 30);
}
