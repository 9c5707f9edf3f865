package dev.gatehouse.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** A process of one of the {@link Program programs}, pinned to processors; it ends with ours at the latest. */
final class ChildProcess implements AutoCloseable {
    private static final Path LOGS = Path.of(System.getProperty("bench.logs", "bench/target/run"));
    private static final String END = "\u0000end";
    /** What every program runs with. */
    private static final List<String> FLAGS = List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC");

    private static final Set<ChildProcess> ALIVE = ConcurrentHashMap.newKeySet();
    private static final LongAdder NANOS_OF_ENDED = new LongAdder();

    private final Process process;
    private final Path log;
    private final BufferedWriter in;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        ALIVE.add(this);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread.ofVirtual().start(this::read);
    }

    /**
     * Starts a program.
     *
     * @param name what its log is called
     * @throws ProgramException if the program isn't built
     */
    static ChildProcess start(String name, Pin pin, Program program) throws ProgramException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", pin.processors()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(program.flags());
        try {
            command.addAll(List.of("-cp", program.classPath(), program.mainClass()));
            command.addAll(program.arguments());
            Files.createDirectories(LOGS);
            Path log = LOGS.resolve(name + ".log");
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            return new ChildProcess(process, log);
        } catch (IOException e) {
            throw new ProgramException("doesn't start: " + e.getMessage());
        }
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("broken: " + e.getMessage());
        }
        lines.add(END);
    }

    long pid() {
        return process.pid();
    }

    /** Gives the program a line. */
    void say(String line) throws ProgramException {
        try {
            in.write(line);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new ProgramException("has ended, with its last words: " + lastWords());
        }
    }

    /** The rest of the next line that begins with {@code start}; what comes before is passed over. */
    String await(String start, int seconds) throws ProgramException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (true) {
                String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    throw new ProgramException("said nothing for " + seconds + " s, and to stderr: " + lastWords());
                }
                if (line.equals(END)) {
                    throw new ProgramException("ended, with its last words: " + lastWords());
                }
                if (line.startsWith(start)) {
                    return line.substring(start.length()).strip();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProgramException("was waited for when this run was interrupted");
        }
    }

    /** Processor time of all its threads so far, in nanoseconds, from the scheduler's own accounts. */
    long cpuNanos() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            return tasks.mapToLong(ChildProcess::taskNanos).sum();
        } catch (IOException e) {
            return 0;
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

    /** Processor time of all processes of this run, those that have ended too. */
    static long allCpuNanos() {
        return NANOS_OF_ENDED.sum()
                + ALIVE.stream().mapToLong(ChildProcess::cpuNanos).sum();
    }

    /** The first line that says what went wrong, of what it wrote to stderr. */
    private String lastWords() {
        try (Stream<String> written = Files.lines(log)) {
            List<String> all = written.filter(line -> !line.isBlank()).toList();
            return all.stream()
                    .filter(line -> line.contains("Exception") || line.contains("Error"))
                    .findFirst()
                    .orElse(all.isEmpty() ? "nothing" : all.getLast())
                    .strip();
        } catch (IOException | UncheckedIOException e) {
            return "nothing";
        }
    }

    @Override
    public void close() {
        if (ALIVE.remove(this)) {
            NANOS_OF_ENDED.add(cpuNanos());
        }
        process.destroyForcibly().onExit().join();
    }
}
