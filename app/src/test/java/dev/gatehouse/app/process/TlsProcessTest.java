package dev.gatehouse.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and PROXY headers as an operator turns them on. */
class TlsProcessTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeCertificates() throws Exception {
        makeCertificate();
    }

    private void makeCertificate() throws Exception {
        X509Bundle made = new CertificateBuilder()
                .ecp256()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(folder.resolve("own.key"), made.getPrivateKeyPEM());
        Files.writeString(folder.resolve("own.pem"), made.getCertificatePEM());
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private GatehouseProcess gateway() throws IOException {
        Path config = Files.writeString(
                folder.resolve("gatehouse.yaml"), """
                listen: 127.0.0.1:0
                console: {listen: none}
                users: {mode: development}
                tls: {certificate: %s, key: %s, client-certificates: required, trust: %s}
                """.formatted(file("own.pem"), file("own.key"), file("own.pem")));
        return GatehouseProcess.start("gateway", "--config", config.toString());
    }

    private GatehouseProcess connect(GatehouseProcess gateway, String... options) {
        List<String> arguments = new ArrayList<>(List.of("connect", gateway.address(), "--user", "seven"));
        arguments.addAll(List.of(options));
        return GatehouseProcess.start(Map.of(), "", arguments.toArray(String[]::new));
    }

    private GatehouseProcess connectWithCertificate(GatehouseProcess gateway) {
        return connect(gateway, "--trust", file("own.pem"), "--certificate", file("own.pem"), "--key", file("own.key"));
    }

    @Test
    void letsInWhoShowsACertificateAndTakesOverNewOnes() throws Exception {
        try (GatehouseProcess gateway = gateway()) {
            gateway.awaitReady();
            try (GatehouseProcess client = connectWithCertificate(gateway)) {
                assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
            }
            try (GatehouseProcess client = connect(gateway, "--trust", file("own.pem"))) {
                assertThat(client.awaitExit()).isEqualTo(1);
            }
            await().untilAsserted(() ->
                    assertThat(gateway.errorText()).contains("TLS_ERROR the client showed no certificate"));
            makeCertificate();
            gateway.signal("HUP");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(gateway.errorText()).contains("reloaded: nodes, certificates"));
            try (GatehouseProcess client = connectWithCertificate(gateway)) {
                assertThat(client.awaitExit()).as("%s", client.errors()).isZero();
            }
            Files.writeString(folder.resolve("own.key"), "nothing");
            gateway.signal("HUP");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(gateway.errorText())
                            .contains("the configuration stays as it was: tls.key: " + file("own.key")
                                    + ": no private key in it"));
        }
    }

    @Test
    void aClientSaysWhatItCanNotUse() throws Exception {
        try (GatehouseProcess client = GatehouseProcess.start("connect", "127.0.0.1:1", "--key", file("own.key"))) {
            assertThat(client.awaitExit()).isEqualTo(2);
            assertThat(client.errorText())
                    .contains("--certificate: not set (expected: --certificate and --key, or neither)");
        }
        try (GatehouseProcess client = GatehouseProcess.start(
                "connect", "127.0.0.1:1", "--certificate", file("own.pem"), "--key", file("own.pem"))) {
            assertThat(client.awaitExit()).isEqualTo(2);
            assertThat(client.errorText())
                    .contains("--key: " + file("own.pem") + ": no private key in it (expected: a PEM file with a");
        }
    }

    @Test
    void echoesBehindAProxy() throws Exception {
        Path config = Files.writeString(
                folder.resolve("echo.yaml"), "listen: 127.0.0.1:0\nproxy-protocol: {trusted: 127.0.0.0/8}\n");
        try (GatehouseProcess echo = GatehouseProcess.start("echo", "--config", config.toString())) {
            echo.awaitReady();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), echo.port())) {
                socket.getOutputStream()
                        .write("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nhello\n".getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                assertThat(socket.getInputStream().readAllBytes())
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("hello\n");
            }
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), echo.port())) {
                socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(ended(socket)).isTrue();
            }
            await().untilAsserted(() -> assertThat(echo.errorText())
                    .contains("PROXY_HEADER_ERROR no PROXY header, or one that makes no sense"));
        }
    }

    @Test
    void echoSaysWhichCertificateItCanNotUse() throws Exception {
        Path config = Files.writeString(
                folder.resolve("echo.yaml"),
                "listen: 127.0.0.1:0\ntls: {certificate: " + file("own.key") + ", key: " + file("own.key") + "}\n");
        try (GatehouseProcess echo = GatehouseProcess.start("echo", "--config", config.toString())) {
            assertThat(echo.awaitExit()).isEqualTo(2);
            assertThat(echo.errorText()).contains("tls.certificate: " + file("own.key") + ": no certificate in it");
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
