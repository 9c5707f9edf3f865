package dev.gatehouse.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.stream.Stream;
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
        return new ReloadingContext(List.of(file), texts -> make(texts.getFirst()), nanos::get, Runnable::run);
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

    /** About our file: others' looks are carried out by threads, and may come late. */
    private List<String> warnings() {
        return logged.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains(file.path().toString()))
                .toList();
    }

    /** Looks a second later: by then it has said so often that files are no good. */
    private void expectWarnings(ReloadingContext context, String... whys) {
        look(context);
        assertThat(warnings())
                .containsExactly(Stream.of(whys)
                        .map(why -> "TLS goes on with the files as they were: trust: " + file.path() + ": " + why
                                + " (expected: a PEM file with certificates)")
                        .toArray(String[]::new));
    }

    @Test
    void keepsTheOldOnesAndSaysSoOncePerChange() throws Exception {
        write("good");
        ReloadingContext context = context();
        SslContext first = context.context();
        write("bad 1");
        for (int i = 0; i < 5; i++) {
            expectWarnings(context, "bad 1");
            assertThat(context.context()).isSameAs(first);
        }
        write("bad 2");
        expectWarnings(context, "bad 1", "bad 2");
        Files.delete(file.path());
        for (int i = 0; i < 5; i++) {
            expectWarnings(context, "bad 1", "bad 2", "no such file");
        }
        assertThat(context.context()).isSameAs(first);
        write("good again");
        look(context);
        assertThat(context.context()).isNotSameAs(first);
        Files.delete(file.path());
        expectWarnings(context, "bad 1", "bad 2", "no such file", "no such file");
    }

    @Test
    void looksOnceASecondAndMakesNothingNewWithoutAChange() {
        write("good");
        ReloadingContext context = context();
        SslContext first = context.context();
        for (int i = 0; i < 5; i++) {
            look(context);
        }
        assertThat(made).hasValue(1);
        write("better");
        context.context();
        assertThat(context.context()).as("within a second").isSameAs(first);
        look(context);
        assertThat(context.context()).isNotSameAs(first);
        assertThat(made).hasValue(2);
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
