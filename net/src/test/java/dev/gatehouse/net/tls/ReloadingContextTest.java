package dev.gatehouse.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(120)
class ReloadingContextTest {
    @TempDir
    private Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(ReloadingContext.class);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event);
        }
    };
    private PemFile file = PemFile.trust(Path.of("unset"));

    @BeforeEach
    void listen() {
        file = PemFile.trust(directory.resolve("file"));
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(appender);
    }

    private ReloadingContext context() {
        return new ReloadingContext(List.of(file), texts -> make(texts.getFirst()), nanos::get);
    }

    private SslContext make(String text) {
        made.incrementAndGet();
        if (text.startsWith("bad")) {
            throw file.wrong(text);
        }
        try {
            return SslContextBuilder.forClient().build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String text) {
        try {
            // At once: a look must not see half of it.
            Path whole = Files.writeString(directory.resolve("whole"), text);
            Files.move(whole, file.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void look(ReloadingContext context) {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        context.context();
    }

    /** About our file: the last look of another test may come late, when its file is gone. */
    private List<String> warnings() {
        return logged.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains(file.path().toString()))
                .toList();
    }

    /** Looks until it has said so often that files are no good. */
    private void awaitWarnings(ReloadingContext context, String... whys) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            look(context);
            return warnings().size() >= whys.length;
        });
        assertThat(warnings()).hasSize(whys.length);
        for (int i = 0; i < whys.length; i++) {
            assertThat(warnings().get(i))
                    .isEqualTo("TLS goes on with the files as they were: trust: " + file.path() + ": " + whys[i]
                            + " (expected: a PEM file with certificates)");
        }
    }

    /** Looks, with a change that can be seen, so that looks before it are over. */
    private void lookAndSettle(ReloadingContext context, String text) {
        SslContext before = context.context();
        write(text);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            look(context);
            return !context.context().equals(before);
        });
    }

    @Test
    void keepsTheOldOnesAndSaysSoOncePerChange() throws Exception {
        write("good");
        ReloadingContext context = context();
        SslContext first = context.context();
        write("bad 1");
        for (int i = 0; i < 5; i++) {
            awaitWarnings(context, "bad 1");
            assertThat(context.context()).isSameAs(first);
        }
        write("bad 2");
        awaitWarnings(context, "bad 1", "bad 2");
        Files.delete(file.path());
        for (int i = 0; i < 5; i++) {
            awaitWarnings(context, "bad 1", "bad 2", "no such file");
        }
        assertThat(context.context()).isSameAs(first);
        lookAndSettle(context, "good again");
        Files.delete(file.path());
        awaitWarnings(context, "bad 1", "bad 2", "no such file", "no such file");
    }

    @Test
    void makesNothingNewWithoutAChange() {
        write("good");
        ReloadingContext context = context();
        for (int i = 0; i < 5; i++) {
            look(context);
        }
        lookAndSettle(context, "better");
        assertThat(made).hasValue(2);
        write("good");
        context.context();
        assertThat(made).as("within a second").hasValue(2);
    }

    @Test
    void anExplicitReloadThrowsAndKeepsTheOldOnes() {
        write("good");
        ReloadingContext context = context();
        SslContext first = context.context();
        write("bad");
        assertThatExceptionOfType(TlsFileException.class)
                .isThrownBy(context::reload)
                .withMessageContaining(": bad (expected: ");
        assertThat(context.context()).isSameAs(first);
        write("good");
        context.reload();
        assertThat(context.context()).isNotSameAs(first);
        assertThat(warnings()).isEmpty();
    }
}
