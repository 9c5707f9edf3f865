package dev.gatehouse.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server's TLS on real sockets, beside the JDK's client and the real openssl; on the provider that is on the class path. */
@Timeout(120)
class ServerTlsTest {
    @TempDir
    private Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private Authority ours;
    private Authority.Pair server;

    @BeforeEach
    void makeCertificates() {
        ours = new Authority(directory, "ours");
        server = ours.sign("server");
    }

    private ServerTls.Builder settings() {
        return ServerTls.builder(server.certificate(), server.key()).nanos(nanos::get);
    }

    private SSLSocket connect(TlsEcho echo) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {server.bundle().toTrustManager()}, new SecureRandom());
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(echo.connect(), "localhost", echo.port(), true);
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        return socket;
    }

    private Certificate shown(TlsEcho echo) throws Exception {
        try (SSLSocket socket = connect(echo)) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static void assertEchoes(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(new byte[] {7});
        assertThat(socket.getInputStream().read()).isEqualTo(7);
    }

    private static void replace(Authority.Pair old, Authority.Pair by) {
        try {
            Files.move(by.certificate(), old.certificate(), StandardCopyOption.REPLACE_EXISTING);
            Files.move(by.key(), old.key(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, TLSv1.2", "-tls1_3, TLSv1.3"})
    void speaksWithTheRealOpenssl(String option, String protocol) throws Exception {
        try (TlsEcho echo = new TlsEcho(settings().build())) {
            String said = new OpenSsl(echo.port())
                    .with(option, "-CAfile", ours.trust().toString(), "-verify_return_error")
                    .run("hello\n");
            assertThat(said).contains(protocol).contains("Verify return code: 0 (ok)");
        }
    }

    @ParameterizedTest
    @CsvSource({"OPTIONAL, true", "OPTIONAL, false", "REQUIRED, true"})
    void letsClientsInByTheirCertificates(ClientCertificates clients, boolean shows) throws Exception {
        Authority.Pair client = ours.sign("client");
        ServerTls tls = settings().clientCertificates(clients, ours.trust()).build();
        try (TlsEcho echo = new TlsEcho(tls)) {
            OpenSsl openSsl =
                    new OpenSsl(echo.port()).with("-CAfile", ours.trust().toString());
            if (shows) {
                openSsl.with(
                        "-cert",
                        client.certificate().toString(),
                        "-key",
                        client.key().toString());
            }
            assertThat(openSsl.with("-quiet", "-no_ign_eof").echoed("hello")).isTrue();
        }
    }

    @Test
    void connectionsStayWhileCertificatesAreReplaced() throws Exception {
        ServerTls tls = settings().build();
        List<SSLSocket> open = new ArrayList<>();
        try (TlsEcho echo = new TlsEcho(tls)) {
            for (int i = 0; i < 100; i++) {
                open.add(connect(echo));
            }
            Authority.Pair next = ours.sign("next");
            replace(server, next);
            assertThat(shown(echo))
                    .as("within a second")
                    .isEqualTo(server.bundle().getCertificate());
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(shown(echo)).isEqualTo(next.bundle().getCertificate()));
            for (SSLSocket each : open) {
                assertEchoes(each);
            }
        } finally {
            for (SSLSocket each : open) {
                each.close();
            }
        }
    }

    @Test
    void looksAtMostOnceASecond() throws Exception {
        ServerTls tls = settings().build();
        try (TlsEcho echo = new TlsEcho(tls)) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            Authority.Pair next = ours.sign("next");
            replace(server, next);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(shown(echo)).isEqualTo(next.bundle().getCertificate()));
            replace(server, ours.sign("third"));
            for (int i = 0; i < 20; i++) {
                assertThat(shown(echo)).isEqualTo(next.bundle().getCertificate());
            }
        }
    }

    @Test
    void reloadsAtOnceWhenAsked() throws Exception {
        ServerTls tls = settings().build();
        try (TlsEcho echo = new TlsEcho(tls)) {
            Authority.Pair next = ours.sign("next");
            replace(server, next);
            tls.reload();
            assertThat(shown(echo)).isEqualTo(next.bundle().getCertificate());
        }
    }

    @Test
    void aReloadMayChangeWhoIsTrusted() throws Exception {
        Authority others = new Authority(directory, "others");
        Authority.Pair client = others.sign("client");
        ServerTls tls = settings()
                .clientCertificates(ClientCertificates.REQUIRED, ours.trust())
                .build();
        try (TlsEcho echo = new TlsEcho(tls)) {
            OpenSsl openSsl = new OpenSsl(echo.port())
                    .with("-CAfile", ours.trust().toString(), "-quiet", "-no_ign_eof")
                    .with(
                            "-cert",
                            client.certificate().toString(),
                            "-key",
                            client.key().toString());
            assertThat(openSsl.echoed("hello")).isFalse();
            Files.copy(others.trust(), ours.trust(), StandardCopyOption.REPLACE_EXISTING);
            tls.reload();
            assertThat(openSsl.echoed("hello")).isTrue();
        }
    }
}
