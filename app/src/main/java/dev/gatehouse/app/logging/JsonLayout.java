package dev.gatehouse.app.logging;

import static ch.qos.logback.core.encoder.JsonEscapeUtil.jsonEscapeString;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;

/**
 * A line for machines: one JSON object with the members {@code time} (ISO 8601, UTC), {@code level}, {@code logger},
 * {@code thread}, {@code message}, and {@code error} where there is one, with a stack trace if it is ours; all are strings.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
    private final ErrorText errors;

    JsonLayout(LoggerContext context) {
        errors = new ErrorText(context);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256);
        line.append('{');
        member(line, "time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        member(line, "level", event.getLevel().toString());
        member(line, "logger", event.getLoggerName());
        member(line, "thread", event.getThreadName());
        member(line, "message", event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            member(line, "error", errors.of(event));
        }
        return line.append("}\n").toString();
    }

    private static void member(StringBuilder line, String name, String value) {
        if (line.length() > 1) {
            line.append(',');
        }
        line.append('"')
                .append(name)
                .append("\":\"")
                .append(jsonEscapeString(value))
                .append('"');
    }
}
