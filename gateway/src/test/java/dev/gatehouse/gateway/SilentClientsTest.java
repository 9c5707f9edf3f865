package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.protocol.EndReason;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Thousands of connections, from another process, that never send a byte. */
class SilentClientsTest {
    private static final int CONNECTIONS = 8000;
    private static final int CONNECTIONS_MAX = 6000;
    /** What a connection that has done nothing may cost. */
    private static final int BYTES_EACH_MAX = 16 << 10;

    @Test
    void theyAreLimitedCostLittleAndEnd() throws Exception {
        try (GatewayFixture gateway = new GatewayFixture(1, b -> b.connectionsMax(CONNECTIONS_MAX))) {
            RawClient early = gateway.client("early");
            long before = usedBytes();
            Process process = start(gateway.gateway.localAddress().getPort());
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(out.readLine()).isEqualTo("open " + CONNECTIONS);
                await().until(() ->
                        gateway.gateway.statistics().connections().refused() == CONNECTIONS + 1 - CONNECTIONS_MAX);
                // A connection has its place before it is a session.
                await().until(() -> gateway.gateway.statistics().sessions() == CONNECTIONS_MAX);
                assertThat((usedBytes() - before) / CONNECTIONS_MAX).isLessThan(BYTES_EACH_MAX);
                try (RawClient refused = gateway.client()) {
                    refused.drained();
                }
                assertThat(early.send(1001, "still here").receive().text()).isEqualTo("still here");

                gateway.ticker.advance(Duration.ofSeconds(11));
                await().until(() -> {
                    // They don't close: after 2 s the gateway does.
                    gateway.ticker.advance(Duration.ofMillis(100));
                    return gateway.ended(EndReason.LOGIN_TIMEOUT) == CONNECTIONS_MAX - 1;
                });
                try (RawClient late = gateway.client("late")) {
                    assertThat(late.send(1001, "room").receive().text()).isEqualTo("room");
                }
            } finally {
                process.destroyForcibly().waitFor();
                early.close();
            }
            gateway.awaitSessions(0);
        }
    }

    private static Process start(int port) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classes = SilentClients.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return new ProcessBuilder(
                        java.toString(),
                        "-Xmx128m",
                        "-cp",
                        classes,
                        SilentClients.class.getName(),
                        Integer.toString(port),
                        Integer.toString(CONNECTIONS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long usedBytes() {
        return Footprint.usedHeapBytes() + PlatformDependent.usedDirectMemory();
    }
}
