package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static String sent(GatehouseProcess echo, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), echo.port())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
