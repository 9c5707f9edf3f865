package dev.gatehouse.net.allocation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a server allocates a message, in steady state: counted in bytes, not in time, in a JVM of its own, where neither a leak
 * detector nor another test disturbs it.
 */
public final class Allocations {
    static final String RESULT = "bytes of a million messages: ";
    private static final int TIMEOUT_SECONDS = 240;

    private Allocations() {}

    /** Starts a JVM with the server, lets 50 clients with 32 messages in flight each talk to it, and gives the bytes a message. */
    public static double bytesPerMessage(Class<? extends MeasuredServer> server, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What Netty needs on this JDK.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        // Else a busy machine compiles without a profile first, now and then, and doesn't see through Netty's
        // interfaces:
        // what it asks of io_uring then stays on the heap, 72 bytes a request.
        command.add("-XX:Tier3DelayOn=1000");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AllocationRun.class.getName()));
        command.add(server.getName());
        command.addAll(List.of(arguments));
        return bytes(outputOf(command)) / (double) AllocationRun.MESSAGES;
    }

    private static String outputOf(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> {
                if (late != null) {
                    process.destroyForcibly();
                }
            });
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long bytes(String output) {
        return output.lines()
                .filter(line -> line.startsWith(RESULT))
                .mapToLong(line -> Long.parseLong(line.substring(RESULT.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the measured program failed:\n" + output));
    }
}
