package dev.gatehouse.app.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.app.operator.Terminals;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The process's log: a file or the standard error stream, written by a thread of its own, so that a slow disk never holds up an
 * event loop. Events beyond {@value #QUEUE_EVENTS_MAX} that wait for it are dropped. Any thread.
 */
public final class Logs {
    /** What the names of our own loggers begin with. */
    static final String OURS = "dev.gatehouse";

    private static final int QUEUE_EVENTS_MAX = 65_536;
    private static final int FLUSH_MILLIS_MAX = 10_000;

    private static volatile boolean configured;

    private Logs() {}

    /**
     * Sends the log where the settings say, from now on.
     *
     * @throws OperatorException if the file can't be opened
     */
    public static void configure(LogSettings settings) {
        configured = true;
        LoggerContext context = context();
        check(settings);
        settings.file().ifPresent(Logs::open);
        context.reset();
        Appender<ILoggingEvent> target = settings.file().isPresent()
                ? file(context, settings, settings.file().get())
                : console(context, settings);
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setQueueSize(QUEUE_EVENTS_MAX);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(FLUSH_MILLIS_MAX);
        queue.addAppender(target);
        queue.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(queue);
        level(settings.level());
        // gRPC logs by java.util.logging, which would write to the standard error stream.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Changes the level from now on. The libraries' own logs stay at WARN, or at ERROR with that level. */
    public static void level(LogLevel level) {
        LoggerContext context = context();
        boolean onlyErrors = level == LogLevel.ERROR;
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(onlyErrors ? level.level() : LogLevel.WARN.level());
        context.getLogger(OURS).setLevel(level.level());
    }

    /**
     * Writes what waits, and ends the log.
     *
     * @return whether there was one
     */
    public static boolean stop() {
        if (configured) {
            context().stop();
        }
        return configured;
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    /**
     * Checks that the log can go where the settings say; makes no file.
     *
     * @throws OperatorException if it can't
     */
    public static void check(LogSettings settings) {
        settings.file().ifPresent(Logs::checkWritable);
    }

    private static void checkWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new OperatorException("log file: " + file + " can't be opened: there is no folder " + folder);
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new OperatorException(
                    "log file: " + file + " can't be opened (expected: a file that can be written)");
        }
    }

    private static void open(Path file) {
        try {
            new FileOutputStream(file.toFile(), true).close();
        } catch (IOException e) {
            throw new OperatorException("log file: " + file + " can't be opened: " + e.getMessage(), e);
        }
    }

    private static Appender<ILoggingEvent> console(LoggerContext context, LogSettings settings) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder(context, settings.format(), Terminals.colourOnError()));
        console.start();
        return console;
    }

    private static Appender<ILoggingEvent> file(LoggerContext context, LogSettings settings, Path path) {
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setContext(context);
        file.setFile(path.toString());
        file.setEncoder(encoder(context, settings.format(), false));
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(file);
        policy.setFileNamePattern(path + ".%d{yyyy-MM-dd}.%i");
        policy.setMaxFileSize(new FileSize(settings.fileBytesMax()));
        policy.setMaxHistory(settings.daysMax());
        policy.setTotalSizeCap(new FileSize(settings.totalBytesMax()));
        policy.start();
        file.setRollingPolicy(policy);
        file.start();
        return file;
    }

    private static LayoutWrappingEncoder<ILoggingEvent> encoder(
            LoggerContext context, LogFormat format, boolean colour) {
        Layout<ILoggingEvent> layout =
                format == LogFormat.JSON ? new JsonLayout(context) : new TextLayout(context, colour);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }
}
