package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.tls.ClientTls;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The generator under TLS. */
class TlsLoadTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static X509Bundle certificate() throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static Server server(X509Bundle certificate) throws Exception {
        return Server.builder("127.0.0.1:0", Framing.lengthPrefixed(4, 1 << 21))
                .tls(SslContextBuilder.forServer(certificate.toKeyManagerFactory())
                        .build())
                .handler((connection, message) -> connection.send(message))
                .start();
    }

    private static LoadConfig config(Server server, ClientTls tls, int payloadBytes) {
        return LoadConfig.builder("localhost:" + server.localAddress().getPort(), Mode.lengthPrefixed(4))
                .clients(4)
                .payloadBytes(payloadBytes)
                .tls(tls)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"64, 2000", "4096, 2000", "100000, 200"})
    void checksAnEchoUnderTls(int payloadBytes, long messages, @TempDir Path directory) throws Exception {
        X509Bundle certificate = certificate();
        Path trust = Files.writeString(directory.resolve("trust.pem"), certificate.getCertificatePEM());
        ClientTls tls = ClientTls.builder().trust(trust).build();
        try (Server server = server(certificate);
                Load load = Load.start(config(server, tls, payloadBytes))) {
            Measurement measured = load.run(Pace.closed(8), LONG, messages);
            assertThat(measured.findings().examples()).isEmpty();
            assertThat(measured.findings().ends()).isEmpty();
            assertThat(measured.answers()).isEqualTo(messages);
        }
    }

    @Test
    void tellsThatNobodyKnowsTheCertificate() throws Exception {
        try (Server server = server(certificate());
                Load load = Load.start(config(server, ClientTls.builder().build(), 64))) {
            assertThatThrownBy(() -> load.run(Pace.closed(1), LONG))
                    .isInstanceOf(LoadException.class)
                    .hasMessage(
                            "none of 4 clients could connect: TLS: the server's certificate is not signed by anybody"
                                    + " whom we trust");
        }
    }
}
