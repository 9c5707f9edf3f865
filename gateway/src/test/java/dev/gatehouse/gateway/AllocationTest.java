package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a packet allocates on the gateway's event loop, counted in bytes in a JVM of its own, without leak detection. */
class AllocationTest {
    /** What gRPC itself needs for a batch, divided by the packets of it. */
    private static final double BYTES_MAX = 16;

    private static final int TIMEOUT_SECONDS = 240;

    @Test
    void allocatesNothingForAPacketOnTheTrunk() {
        assertThat(bytesPerPacket(Contract.TRUNK)).isLessThanOrEqualTo(BYTES_MAX);
    }

    private static double bytesPerPacket(Contract contract) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What Netty needs on this JDK.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Dio.netty.leakDetection.level=disabled", "-Xmx256m", "-XX:+UseSerialGC", "-XX:Tier3DelayOn=1000"));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), AllocationRun.class.getName(), contract.name()));
        String output = outputOf(command);
        return output.lines()
                .filter(line -> line.startsWith(AllocationRun.RESULT))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(AllocationRun.RESULT.length())) / AllocationRun.PACKETS)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the measured program failed:\n" + output));
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
}
