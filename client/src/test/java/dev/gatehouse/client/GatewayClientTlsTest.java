package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.net.ConnectException;
import dev.gatehouse.protocol.LoginRequest;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GatewayClientTlsTest {
    private static X509Bundle certificate(String host) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static TestGateway gateway(X509Bundle certificate) throws Exception {
        SslContext tls =
                SslContextBuilder.forServer(certificate.toKeyManagerFactory()).build();
        return new TestGateway(Optional.of(tls));
    }

    @Test
    void trustsTheCertificateOfThePemFile(@TempDir Path directory) throws Exception {
        X509Bundle certificate = certificate("localhost");
        Path trust = Files.writeString(directory.resolve("trust.pem"), certificate.getCertificatePEM());
        try (TestGateway gateway = gateway(certificate);
                GatewayClient client =
                        GatewayClient.builder(gateway.address()).tls(trust).build()) {
            client.connect().join();
            assertThat(client.login(LoginRequest.of("player")).join()).isEqualTo(TestGateway.UID);
            client.send(1001, new byte[60_000]);
            assertThat(client.receive(Duration.ofSeconds(30)).orElseThrow().payload())
                    .hasSize(60_000);
        }
    }

    @Test
    void refusesACertificateThatNobodyKnows() throws Exception {
        try (TestGateway gateway = gateway(certificate("localhost"));
                GatewayClient client =
                        GatewayClient.builder(gateway.address()).tls().build()) {
            assertThatThrownBy(() -> client.connect().join())
                    .cause()
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("the TLS handshake failed: ");
            assertThat(client.ended().join().message()).contains("the TLS handshake failed: ");
        }
    }

    @Test
    void refusesACertificateForAnotherHost(@TempDir Path directory) throws Exception {
        X509Bundle certificate = certificate("elsewhere.example");
        Path trust = Files.writeString(directory.resolve("trust.pem"), certificate.getCertificatePEM());
        try (TestGateway gateway = gateway(certificate);
                GatewayClient client =
                        GatewayClient.builder(gateway.address()).tls(trust).build()) {
            assertThatThrownBy(() -> client.connect().join()).hasMessageContaining("the TLS handshake failed: ");
        }
    }

    @Test
    void saysSoWhenTheGatewaySpeaksNoTls() {
        try (TestGateway gateway = new TestGateway();
                GatewayClient client =
                        GatewayClient.builder(gateway.address()).tls().build()) {
            assertThatThrownBy(() -> client.connect().join()).hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void refusesATrustFileThatIsNone(@TempDir Path directory) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayClient.builder("localhost:1").tls(directory.resolve("none.pem")))
                .withMessageStartingWith("trust: ")
                .withMessageEndingWith("no such file (expected: a PEM file with certificates)");
    }
}
