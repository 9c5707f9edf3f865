package dev.gatehouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A measured program in a process of its own, pinned to one processor. */
final class Contestant implements AutoCloseable {
    private final Process process;
    private final int port;

    private Contestant(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a program of {@link Programs} on a processor and waits until it listens. */
    static Contestant start(int processor, String... program) {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(processor)));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-XX:+UseSerialGC"));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Programs.class.getName()));
        command.addAll(List.of(program));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("ready ")) {
                    Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
                    return new Contestant(process, Integer.parseInt(line.substring("ready ".length())));
                }
            }
            throw new IllegalStateException(String.join(" ", program) + " ended before it listened");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Processor time of all its threads so far, in nanoseconds, from the scheduler's own accounts. */
    long cpuNanos() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return tasks.mapToLong(Contestant::taskNanos).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long taskNanos(Path task) {
        try {
            return Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", -1)[0]);
        } catch (IOException e) {
            // A thread that has just ended.
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
