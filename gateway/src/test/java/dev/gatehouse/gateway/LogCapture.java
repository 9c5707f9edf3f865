package dev.gatehouse.gateway;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** All that is logged while this is open: by us and Netty through SLF4J, by gRPC through java.util.logging. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
    private final Logger others = Logger.getLogger("");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
                lines.add(new Line(entry.getLoggerName(), entry.getMessage(), entry.getThrown() != null));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** A line of the log, and whether a stack trace followed it. */
    record Line(String logger, String text, boolean stackTrace) {}

    LogCapture() {
        setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        start();
        root().addAppender(this);
        others.addHandler(handler);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new Line(event.getLoggerName(), event.getFormattedMessage(), event.getThrowableProxy() != null));
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The lines that tell of a session's end. */
    List<String> ends() {
        return lines.stream().map(Line::text).filter(t -> t.contains(" ended ")).toList();
    }

    void clear() {
        lines.clear();
    }

    @Override
    public void close() {
        root().detachAppender(this);
        others.removeHandler(handler);
        stop();
    }

    private static ch.qos.logback.classic.Logger root() {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
