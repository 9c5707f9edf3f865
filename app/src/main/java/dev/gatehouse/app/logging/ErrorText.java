package dev.gatehouse.app.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;

/**
 * What the log says of an error: of our own its stack trace; of one that a library logged, which any peer may cause, what it is, in
 * one line, unless our own level is DEBUG.
 */
final class ErrorText {
    private final ThrowableProxyConverter traces = new ThrowableProxyConverter();
    private final Logger ours;

    ErrorText(LoggerContext context) {
        ours = context.getLogger(Logs.OURS);
        traces.start();
    }

    /** Whether {@link #of} is a part of a line, not lines of its own. */
    boolean isShort(ILoggingEvent event) {
        return !event.getLoggerName().startsWith(Logs.OURS) && !ours.isDebugEnabled();
    }

    /** The text for an event that has an error; ends with a line break unless it is short. */
    String of(ILoggingEvent event) {
        if (!isShort(event)) {
            return traces.convert(event);
        }
        IThrowableProxy error = event.getThrowableProxy();
        String message = error.getMessage() == null ? "" : ": " + error.getMessage();
        return (error.getClassName() + message).replaceAll("\\p{Cntrl}+", " ");
    }
}
