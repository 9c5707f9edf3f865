package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load generator as a process, on servers of this JVM and of others. */
class BenchTest {
    @TempDir
    private Path folder;

    private static GatehouseProcess bench(String address, String... options) {
        List<String> arguments = new ArrayList<>(List.of("bench", address, "--warm-up", "0s"));
        arguments.addAll(List.of(options));
        return GatehouseProcess.start(arguments.toArray(String[]::new));
    }

    private static String address(GatehouseProcess server) {
        server.awaitReady();
        return server.address();
    }

    private static Server echo() {
        return Server.builder("127.0.0.1:0", Framing.lines(1 << 16))
                .handler((connection, line) -> connection.send(line))
                .start();
    }

    @Test
    void tellsWhatItMeasured() throws Exception {
        try (GatehouseProcess echo = GatehouseProcess.start("echo", "--listen", "127.0.0.1:0");
                GatehouseProcess bench = bench(address(echo), "--messages", "2000", "--in-flight", "4")) {
            assertThat(bench.awaitExit()).as("%s", bench.errors()).isZero();
            assertThat(bench.output())
                    .contains(echo.address() + ": echo of lines, 50 clients, closed loop, 4 in flight")
                    .anyMatch(line -> line.matches("latency +p50 .* p90 .* p99 .* p99\\.9 .* max .*"))
                    .anyMatch(line -> line.startsWith("answers             2,000 of 2,000 messages in "));
            assertThat(bench.errors()).isEmpty();
        }
    }

    @Test
    void writesAPageAndJson() throws Exception {
        Path page = folder.resolve("report.html");
        Path json = folder.resolve("report.json");
        try (Server server = echo();
                GatehouseProcess bench = bench(
                        Address.format(server.localAddress()),
                        // Long enough for several looks at the server, one a second.
                        "--rate=125",
                        "--duration=12s",
                        "--server-pid=" + ProcessHandle.current().pid(),
                        "--report=" + page,
                        "--json=" + json)) {
            assertThat(bench.awaitExit()).as("%s", bench.errors()).isZero();
        }
        assertThat(Files.readString(page)).contains("Every one of 1,500 answers", "<svg", "Server: memory");
        JsonNode all = JsonMapper.shared().readTree(json.toFile());
        assertThat(all.get("answers").asInt()).isEqualTo(1500);
        assertThat(all.get("intervals").size()).isPositive();
        assertThat(all.get("server").size()).isPositive();
        assertThat(all.get("serverProcessorNanos").asLong()).isPositive();
    }

    @Test
    void endsWithCodeOneWhenAnAnswerIsWrong() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (Server server = Server.builder("127.0.0.1:0", Framing.lines(1 << 16))
                        .handler((connection, line) -> {
                            if (count.incrementAndGet() == 500) {
                                line.setByte(line.readerIndex() + 40, 'x');
                            }
                            connection.send(line);
                        })
                        .start();
                GatehouseProcess bench = bench(Address.format(server.localAddress()), "--messages", "1000")) {
            assertThat(bench.awaitExit()).isEqualTo(1);
            assertThat(bench.output()).anyMatch(line -> line.matches("WRONG +1 answers changed"));
        }
    }

    @Test
    void tellsOnCtrlCWhatWasMeasuredUntilThen() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (Server server = Server.builder("127.0.0.1:0", Framing.lines(1 << 16))
                        .handler((connection, line) -> {
                            count.incrementAndGet();
                            connection.send(line);
                        })
                        .start();
                GatehouseProcess bench = bench(Address.format(server.localAddress()), "--duration", "10m")) {
            Awaitility.await().until(() -> count.get() > 100);
            bench.signal("INT");
            assertThat(bench.awaitExit()).isZero();
            assertThat(bench.output()).anyMatch(line -> line.matches("answers +[0-9,]{3,} of .*"));
        }
    }

    @Test
    void loadsAGateway() throws Exception {
        try (GatehouseProcess dev = GatehouseProcess.start(
                        "dev", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0", "--coordinator", "127.0.0.1:0");
                GatehouseProcess bench =
                        bench(address(dev), "--mode=gateway", "--clients=5", "--rate=100", "--messages=200")) {
            assertThat(bench.awaitExit())
                    .as("%s %s", bench.output(), bench.errors())
                    .isZero();
            assertThat(bench.output()).anyMatch(line -> line.startsWith("answers             200 of 200 messages in "));
        }
    }

    @Test
    void failsWhenNoClientCanConnect() throws Exception {
        try (GatehouseProcess bench = bench("127.0.0.1:1")) {
            assertThat(bench.awaitExit()).isEqualTo(1);
            assertThat(bench.errors())
                    .containsExactly("gatehouse: none of 50 clients could connect: connection refused");
        }
    }
}
