package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a process has in memory after a collection.
 *
 * @param residentBytes as the kernel counts it
 * @param heap live objects, as the JVM counts them
 */
record Memory(long residentBytes, Histogram heap) {
    private static final int COMMAND_SECONDS = 60;

    /** Asks a JVM to collect, and looks. */
    static Memory of(ChildProcess process) throws ProgramException {
        try {
            command(process, "GC.run");
            Histogram heap = Histogram.parse(command(process, "GC.class_histogram"));
            return new Memory(resident(process), heap);
        } catch (IOException | UncheckedIOException e) {
            throw new ProgramException("has ended: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProgramException("was waited for when this run was interrupted");
        }
    }

    private static long resident(ChildProcess process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Rss:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    private static String command(ChildProcess process, String command)
            throws IOException, InterruptedException, ProgramException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!asked.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || asked.exitValue() != 0) {
            throw new ProgramException(
                    "doesn't answer to jcmd: " + answer.lines().findFirst().orElse(""));
        }
        return answer;
    }
}
