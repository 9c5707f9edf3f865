package dev.gatehouse.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.GatehouseProcess;
import dev.gatehouse.app.process.NeedsTool;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that was written from PROTOCOLS.md alone, in another language, against {@code gatehouse dev}. */
final class ProtocolScriptTest {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @RegisterExtension
    private final Processes processes = new Processes();

    @Test
    @NeedsTool(command = "python3", install = "apt-get install python3")
    void scriptFindsEverythingAsTheProtocolSays() {
        GatehouseProcess dev = processes.add(GatehouseProcess.start(
                "dev",
                "--listen",
                "127.0.0.1:0",
                "--console",
                "127.0.0.1:0",
                "--coordinator",
                "127.0.0.1:0",
                "--legacy-encryption"));
        dev.awaitReady();
        String address = dev.address();

        ChildProcess script = processes.add(Examples.run("protocol", Map.of(), address));

        int code = script.awaitExit(WAIT);
        assertThat(script.output()).last().isEqualTo("all checks passed");
        assertThat(script.output()).contains("ok   encrypted: broadcast reaches a client that only logged in");
        assertThat(code).isZero();
    }

    @Test
    @NeedsTool(command = "python3", install = "apt-get install python3")
    void scriptSaysThatTheGatewayRefusesTheLegacyEncryption() {
        GatehouseProcess dev = processes.add(GatehouseProcess.start(
                "dev", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0", "--coordinator", "127.0.0.1:0"));
        dev.awaitReady();
        String address = dev.address();

        ChildProcess script = processes.add(Examples.run("protocol", Map.of(), address));

        int code = script.awaitExit(WAIT);
        assertThat(script.output())
                .contains("FAIL the gateway refuses the legacy encryption: start `gatehouse dev --legacy-encryption`,"
                        + " or give --no-encryption");
        assertThat(code).isEqualTo(1);
    }
}
