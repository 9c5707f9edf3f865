package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A process that a test started: its lines, signals and exit code. Closing it kills it, if it still runs, and fails if it wrote that
 * Netty's buffers leak.
 */
public class ChildProcess implements AutoCloseable {
    /** For the environment of a JVM: Netty's leak detector looks at every buffer, which is slow. */
    public static final Map<String, String> LEAK_DETECTION = Map.of("JDK_JAVA_OPTIONS", Launch.LEAK_DETECTION);

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    static {
        // Also for what tests await of a process themselves: it begins slowly where many begin at once.
        Awaitility.setDefaultTimeout(TIMEOUT);
    }

    private final String name;
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    ChildProcess(Launch launch) {
        name = launch.name();
        process = launch.process();
        readers = List.of(
                reader(process.inputReader(StandardCharsets.UTF_8), output),
                reader(process.errorReader(StandardCharsets.UTF_8), errors));
    }

    private static Thread reader(BufferedReader stream, List<String> lines) {
        return Thread.ofVirtual().start(() -> {
            try (stream) {
                stream.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // It was killed: what it wrote until then is there.
            }
        });
    }

    /** What it wrote to its standard output stream so far. */
    public List<String> output() {
        return output;
    }

    /** What it wrote to its standard error stream so far. */
    public List<String> errors() {
        return errors;
    }

    /** What it wrote to its standard error stream so far, in one text. */
    public String errorText() {
        return String.join("\n", errors);
    }

    /** Waits for a line of standard output that contains the pattern, beginning with line {@code from}. */
    public MatchResult awaitLine(int from, Pattern pattern) {
        await(name + " says " + pattern)
                .atMost(TIMEOUT)
                .until(() -> find(from, pattern).isPresent() || !isAlive());
        if (!isAlive()) {
            joinReaders();
        }
        return find(from, pattern)
                .orElseThrow(() -> new AssertionError(
                        name + " ended with " + process.exitValue() + " after " + output + "\n" + errorText()));
    }

    /** Waits for a line of standard output that contains the pattern. */
    public MatchResult awaitLine(String pattern) {
        return awaitLine(0, Pattern.compile(pattern));
    }

    /** Waits for a text on standard error. */
    public void awaitError(String text) {
        await(name + " logs " + text)
                .atMost(TIMEOUT)
                .until(() -> errors.stream().anyMatch(line -> line.contains(text)));
    }

    private Optional<MatchResult> find(int from, Pattern pattern) {
        return output.stream()
                .skip(from)
                .map(pattern::matcher)
                .flatMap(m -> m.find() ? Stream.of(m.toMatchResult()) : Stream.empty())
                .findFirst();
    }

    /** Writes a line to its standard input stream. */
    public void say(String line) {
        try {
            Writer input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes all that it will read from its standard input stream. */
    public void sayLast(String text) {
        try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(text);
        } catch (IOException e) {
            // It may end without reading what it was given.
            assertThat(e).hasMessageContaining("roken pipe");
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal, such as {@code TERM}, {@code KILL}, {@code STOP} or {@code CONT}. */
    public void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-s", signal, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(code).as("kill -s %s %s", signal, name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits for its end and for all that it wrote, and returns the exit code. */
    public int awaitExit() {
        return awaitExit(TIMEOUT);
    }

    /** Waits so long at most for its end, and for all that it wrote, and returns the exit code. */
    public int awaitExit(Duration atMost) {
        try {
            assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as("%s ends within %s:\n%s", name, atMost, errorText())
                    .isTrue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        joinReaders();
        return process.exitValue();
    }

    private void joinReaders() {
        try {
            for (Thread reader : readers) {
                // What it started itself, and left behind, may hold its streams open.
                reader.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
        assertThat(errors).as(name).noneMatch(line -> line.contains("LEAK:"));
    }
}
