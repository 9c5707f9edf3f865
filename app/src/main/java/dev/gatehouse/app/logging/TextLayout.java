package dev.gatehouse.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A line for people: time of day, level, the logger's last name, message.
 *
 * <pre>{@code
 * 2026-11-21 10:30:00.123 INFO  Session: session 17 ended: CLIENT_CLOSED ...
 * }</pre>
 */
final class TextLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final String RED = "\u001B[31m";
    private static final String YELLOW = "\u001B[33m";
    private static final String FAINT = "\u001B[2m";
    private static final String PLAIN = "\u001B[0m";

    private final ErrorText errors;
    private final boolean colour;

    TextLayout(LoggerContext context, boolean colour) {
        errors = new ErrorText(context);
        this.colour = colour;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(128);
        coloured(line, FAINT, TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        line.append(' ');
        coloured(line, colourOf(event.getLevel()), padded(event.getLevel().toString()));
        line.append(' ').append(lastName(event.getLoggerName())).append(": ");
        line.append(event.getFormattedMessage());
        if (event.getThrowableProxy() == null) {
            line.append('\n');
        } else if (errors.isShort(event)) {
            line.append(" (").append(errors.of(event)).append(")\n");
        } else {
            line.append('\n').append(errors.of(event));
        }
        return line.toString();
    }

    private void coloured(StringBuilder line, String code, String text) {
        if (colour && !code.isEmpty()) {
            line.append(code).append(text).append(PLAIN);
        } else {
            line.append(text);
        }
    }

    private static String colourOf(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> RED;
            case Level.WARN_INT -> YELLOW;
            default -> "";
        };
    }

    private static String padded(String level) {
        return level.length() < 5 ? level + " " : level;
    }

    private static String lastName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
