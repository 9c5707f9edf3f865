package dev.gatehouse.app.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * How a test starts a process. What it starts dies with the test's JVM, also when that is killed: util-linux's {@code setpriv} has the
 * kernel send KILL then. Where there is no setpriv, only an orderly end of the JVM ends it.
 *
 * @param name what failures call it
 * @param command the program and its arguments
 * @param environment variables beside those of the test; of these it gets none that begin with {@code GATEHOUSE_}
 * @param folder its working folder; by default that of the test
 */
public record Launch(String name, List<String> command, Map<String, String> environment, Optional<Path> folder) {
    /** What has Netty's leak detector look at every buffer of a JVM, which is slow. */
    static final String LEAK_DETECTION = "-Dio.netty.leakDetection.level=paranoid";

    private static final String CLASS_PATH = ClassArchive.jarsFirst(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

    private static final List<String> DIES_WITH_PARENT = diesWithParent();

    /** The kernel takes the end of the thread that started a process for the end of its parent: so one starts them all. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("starts processes").daemon().factory());

    /** A program of the machine. */
    public static Launch program(String name, List<String> command) {
        return new Launch(name, List.copyOf(command), Map.of(), Optional.empty());
    }

    /** A class, or a file of source text, on the class path of this test, with these options of the JVM. */
    public static Launch java(String name, String main, String... options) {
        List<String> command = new ArrayList<>(jvm());
        command.addAll(ClassArchive.options(CLASS_PATH));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", CLASS_PATH, main));
        return program(name, command);
    }

    /** What starts a JVM. */
    static List<String> jvm() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        // Several of these share a few processors for a few seconds: the better compiler would take more than it gives.
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        return command;
    }

    /** With these arguments behind those that it has. */
    public Launch arguments(List<String> more) {
        return new Launch(name, Stream.concat(command.stream(), more.stream()).toList(), environment, folder);
    }

    /** Behind these words, which run what stands behind them. */
    public Launch behind(String... words) {
        return new Launch(
                name, Stream.concat(Stream.of(words), command.stream()).toList(), environment, folder);
    }

    /** With these variables too. */
    public Launch environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Launch(name, command, Map.copyOf(all), folder);
    }

    /** In this working folder. */
    public Launch in(Path workingFolder) {
        return new Launch(name, command, environment, Optional.of(workingFolder));
    }

    /** Starts it. */
    public ChildProcess start() {
        return new ChildProcess(this);
    }

    /** Runs it to its end, and fails if it does. */
    public void run() {
        try (ChildProcess process = start()) {
            int code = process.awaitExit();
            if (code != 0) {
                throw new AssertionError(command + " ended with " + code + ": " + process.errorText());
            }
        }
    }

    Process process() {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(DIES_WITH_PARENT.stream(), command.stream()).toList());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("GATEHOUSE_"));
        builder.environment().putAll(environment);
        folder.map(Path::toFile).ifPresent(builder::directory);
        return CompletableFuture.supplyAsync(() -> started(builder), STARTER).join();
    }

    /** Words in front of a command; none where there is no setpriv, or one without this option. */
    private static List<String> diesWithParent() {
        List<String> words = List.of("setpriv", "--pdeathsig", "KILL", "--");
        return onPath("setpriv") && succeeds(Stream.concat(words.stream(), Stream.of("true"))) ? words : List.of();
    }

    /** Whether this command of the machine ends well. */
    static boolean succeeds(Stream<String> command) {
        try {
            return new ProcessBuilder(command.toList()).start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .anyMatch(directory -> new File(directory, program).canExecute());
    }
}
