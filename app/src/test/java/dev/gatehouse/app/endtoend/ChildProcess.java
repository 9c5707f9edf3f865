package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process that a test started: its lines, signals and exit code. Closing it kills it, if it still runs, and fails if it wrote that
 * Netty's buffers leak.
 */
final class ChildProcess implements AutoCloseable {
    /** For the environment of a JVM: Netty's leak detector looks at every buffer, which is slow. */
    static final Map<String, String> LEAK_DETECTION =
            Map.of("JDK_JAVA_OPTIONS", "-Dio.netty.leakDetection.level=paranoid");

    private static final Duration START = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path errors;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ChildProcess(String name, List<String> command, Map<String, String> environment) {
        this.name = name;
        try {
            errors = Files.createTempFile("gatehouse-" + name + "-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().keySet().removeIf(variable -> variable.startsWith("GATEHOUSE_"));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts a program of the machine. */
    static ChildProcess start(String name, List<String> command, Map<String, String> environment) {
        return new ChildProcess(name, command, environment);
    }

    /** Starts a class of this test's class path. */
    static ChildProcess java(String name, Class<?> main, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("--"))
                .forEach(command::add);
        // Several of these share a few processors for a few seconds: the better compiler would take more than it gives.
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ChildProcess(name, command, environment);
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException e) {
            // It was killed: what it wrote until then is there.
        }
    }

    /** What it has written to its standard output. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** What it has written to its standard error output. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line of standard output that contains the pattern, beginning with line {@code from}. */
    MatchResult awaitLine(int from, Pattern pattern) {
        await(name + " says " + pattern)
                .atMost(START)
                .until(() -> find(from, pattern).isPresent() || !isAlive());
        joinReader();
        return find(from, pattern)
                .orElseThrow(() -> new AssertionError(
                        name + " ended with " + process.exitValue() + " after " + lines + "\n" + errors()));
    }

    MatchResult awaitLine(String pattern) {
        return awaitLine(0, Pattern.compile(pattern));
    }

    /** Waits for a text on standard error. */
    void awaitError(String text) {
        await(name + " logs " + text).atMost(START).until(() -> errors().contains(text));
    }

    private Optional<MatchResult> find(int from, Pattern pattern) {
        return lines.stream()
                .skip(from)
                .map(pattern::matcher)
                .flatMap(m -> m.find() ? Stream.of(m.toMatchResult()) : Stream.empty())
                .findFirst();
    }

    /** Writes a line to its standard input. */
    void say(String line) {
        try {
            Writer input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal: TERM, KILL, STOP, CONT. */
    void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(code).as("kill -s %s %s", signal, name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code, once it has ended. */
    int awaitExit(Duration atMost) {
        try {
            assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as("%s ends within %s:\n%s", name, atMost, errors())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        joinReader();
        return process.exitValue();
    }

    private void joinReader() {
        if (!isAlive()) {
            try {
                reader.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit(START);
        assertThat(errors()).as(name).doesNotContain("LEAK:");
        try {
            Files.delete(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
