package dev.gatehouse.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run through what the command does, in one process and on free ports of this machine: the JVM watches it, and keeps what it worked
 * out for later starts. scripts/start-cache.sh runs it once after a build.
 */
final class Rehearsal {
    private static final String ANYWHERE = "127.0.0.1:0";
    private static final Pattern READY = Pattern.compile("ready on (\\S+) \\(console (\\S+)\\)");
    private static final String CONVERSATION = "login rehearsal\nsend 1001 hello\nwait 1002\nping\nquit\n";
    private static final List<List<String>> ANSWERS = List.of(List.of("--version"), List.of("--help"), List.of());
    private static final List<List<String>> BESIDE_SESSIONS = List.of(
            List.of("gateway", "--check", "--set", "users.mode=development"),
            List.of("service", "--help"),
            List.of("echo", "--help"));
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    private Rehearsal() {}

    /** Rehearses {@code answers}, which are given at once, or {@code sessions}, and ends the process. */
    @SuppressWarnings("SystemOut") // The commands write there.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().start(Rehearsal::breakOff);
        if (arguments[0].equals("answers")) {
            ANSWERS.forEach(Rehearsal::run);
            return;
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        BESIDE_SESSIONS.forEach(Rehearsal::run);
        sessions(output);
        System.exit(0);
    }

    private static void sessions(ByteArrayOutputStream output) throws IOException, InterruptedException {
        Thread server = Thread.ofPlatform()
                .start(() ->
                        run(List.of("dev", "--listen", ANYWHERE, "--console", ANYWHERE, "--coordinator", ANYWHERE)));
        Matcher ready = ready(server, output);
        System.setIn(new ByteArrayInputStream(CONVERSATION.getBytes(StandardCharsets.UTF_8)));
        run(List.of("connect", ready.group(1)));
        try (InputStream metrics =
                URI.create(ready.group(2) + "/metrics").toURL().openStream()) {
            metrics.readAllBytes();
        }
        new ProcessBuilder("kill", Long.toString(ProcessHandle.current().pid())).start();
        server.join();
    }

    private static void run(List<String> words) {
        Gatehouse.run(words.toArray(String[]::new));
    }

    private static Matcher ready(Thread server, ByteArrayOutputStream output) throws InterruptedException {
        while (true) {
            Matcher ready = READY.matcher(output.toString(StandardCharsets.UTF_8));
            if (ready.find()) {
                return ready;
            }
            if (!server.isAlive()) {
                throw new IllegalStateException("the server ended: " + output.toString(StandardCharsets.UTF_8));
            }
            Thread.sleep(POLL);
        }
    }

    /** A rehearsal that hangs must not keep whoever waits for it. */
    private static void breakOff() {
        try {
            Thread.sleep(TIME_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
