package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoTest {
    @TempDir
    private Path folder;

    @Test
    void givesBackTheExactBytes() throws Exception {
        try (GatehouseProcess echo = GatehouseProcess.start("echo", "--listen", "127.0.0.1:0")) {
            assertThat(echo.awaitReady()).isEqualTo("gatehouse echo ready on " + echo.address());
            assertThat(sent(echo, "one\r\n\ntwo\n\u00ff\n")).isEqualTo("one\r\n\ntwo\n\u00ff\n");
            echo.signal("TERM");
            assertThat(echo.awaitExit()).isZero();
        }
    }

    @Test
    void readsItsSettingsFromAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("echo.yaml"), "listen: 127.0.0.1:0\nline-bytes-max: 4\n");
        try (GatehouseProcess echo = GatehouseProcess.start("echo", "--config", file.toString())) {
            echo.awaitReady();
            assertThat(sent(echo, "1234\n12345\n")).isEqualTo("1234\n");
        }
    }

    /** What Debian's redis.conf says, among a hundred other keys. */
    private static final String REDIS_CONF = """
            # Redis configuration file example.
            bind 127.0.0.1 -::1
            protected-mode yes
            port 0
            tcp-backlog 511
            save 3600 1 300 100 60 10000
            logfile ""
            client-output-buffer-limit normal 0 0 0
            """;

    @Test
    void takesTheRedisConfOfItsFolder() throws Exception {
        Files.writeString(folder.resolve("redis.conf"), REDIS_CONF);
        try (GatehouseProcess echo = GatehouseProcess.startIn(folder, "echo")) {
            String ipv6 = hasIpv6() ? ", \\[0:0:0:0:0:0:0:1]:\\d+" : "";
            assertThat(echo.awaitReady()).matches("gatehouse echo ready on 127\\.0\\.0\\.1:\\d+" + ipv6);
            assertThat(echo.port()).isNotEqualTo(6379);
            assertThat(sent(echo, "hello\n")).isEqualTo("hello\n");
            echo.signal("TERM");
            assertThat(echo.awaitExit()).isZero();
            assertThat(echo.errorText()).contains("settings from redis.conf in the working folder");
        }
    }

    @Test
    void passesOverAnAddressOfAnotherMachineIfToldTo() throws Exception {
        Path file = Files.writeString(folder.resolve("echo.conf"), "bind -203.0.113.1 127.0.0.1\nport 0\n");
        try (GatehouseProcess echo = GatehouseProcess.start("echo", "--config", file.toString())) {
            assertThat(echo.awaitReady()).matches("gatehouse echo ready on 127\\.0\\.0\\.1:\\d+");
            echo.awaitError("of the addresses [203.0.113.1:0, 127.0.0.1:0] this machine has [127.0.0.1:0]");
        }
    }

    @Test
    void servesAllAddressesAsOne() throws Exception {
        Path file = Files.writeString(folder.resolve("echo.conf"), "bind * -::*\nport 0\n");
        try (GatehouseProcess echo = GatehouseProcess.start("echo", "--config", file.toString())) {
            assertThat(echo.awaitReady()).matches("gatehouse echo ready on \\S+:\\d+");
            assertThat(sent(echo, "hello\n")).isEqualTo("hello\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.1 127.0.0.1   | can't listen on 203.0.113.1:6379: the address doesn't belong to this machine
            -203.0.113.1 -203.0.113.2 | bind: [203.0.113.1:6379, 203.0.113.2:6379] (expected: an address of this machine)
            """)
    void refusesAnAddressOfAnotherMachine(String hosts, String sentence) throws Exception {
        Path file = Files.writeString(folder.resolve("echo.conf"), "bind " + hosts + "\n");
        try (GatehouseProcess echo = GatehouseProcess.start("echo", "--config", file.toString())) {
            assertThat(echo.awaitExit()).isEqualTo(2);
            assertThat(echo.errors()).last().isEqualTo("gatehouse: " + sentence);
        }
    }

    private static boolean hasIpv6() {
        try (ServerSocket trial = new ServerSocket()) {
            trial.bind(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String sent(GatehouseProcess echo, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), echo.port())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
