package tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An example that runs as a process of its own. Closing it kills it. */
public final class Program implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("listening on /?(\\S+:\\d+)");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts a class of this test's class path; its error output goes with its output. */
    public static Program java(String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> a.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        // The test class path has a louder one.
        command.add("-Dlogback.configurationFile=" + Path.of("logback.xml").toAbsolutePath());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Starts a program. */
    public static Program start(List<String> command) {
        try {
            return new Program(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException e) {
            // It was killed: what it wrote until then is there.
        }
    }

    /** What it has written so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until it has written a line that contains this. */
    public void awaitLine(String text) {
        await(text).atMost(TIMEOUT).until(() -> {
            // Asked before: once its output has ended, all of it is there.
            boolean moreMayCome = reader.isAlive();
            boolean there = lines.stream().anyMatch(line -> line.contains(text));
            assertThat(there || moreMayCome).as("%s", lines).isTrue();
            return there;
        });
    }

    /** Waits until it listens, and says where: HOST:PORT. */
    public String awaitListening() {
        awaitLine("listening on ");
        Matcher address = LISTENING.matcher(String.join("\n", lines));
        assertThat(address.find()).isTrue();
        return address.group(1);
    }

    /** Sends a signal: TERM, INT, HUP, KILL. */
    public void signal(String name) {
        try (Program kill = start(List.of("kill", "-s", name, Long.toString(process.pid())))) {
            assertThat(kill.awaitExit()).isZero();
        }
    }

    /** Its exit code, once it has ended; then all that it wrote is there. */
    public int awaitExit() {
        try {
            assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                    .as("ends: %s", lines)
                    .isTrue();
            // What it started itself, and left behind, may hold its output open.
            reader.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
    }
}
