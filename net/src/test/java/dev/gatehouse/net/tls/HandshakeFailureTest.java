package dev.gatehouse.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.pkitesting.CertificateBuilder;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each side says of a handshake that failed; on the provider that is on the class path. */
@Timeout(120)
class HandshakeFailureTest {
    @TempDir
    private Path directory;

    private Authority ours;
    private Authority theirs;
    private Authority.Pair server;

    @BeforeEach
    void makeCertificates() {
        ours = new Authority(directory, "ours");
        theirs = new Authority(directory, "theirs");
        server = ours.sign("server");
    }

    private TlsEcho requiring() {
        return new TlsEcho(ServerTls.builder(server.certificate(), server.key())
                .clientCertificates(ClientCertificates.REQUIRED, ours.trust())
                .build());
    }

    private TlsEcho plain(Authority.Pair pair, String protocol) throws Exception {
        SslContext context = SslContextBuilder.forServer(
                        pair.certificate().toFile(), pair.key().toFile())
                .sslProvider(TlsProvider.inUse().netty())
                .protocols(protocol)
                .build();
        return new TlsEcho(channel -> context.newHandler(channel.alloc()));
    }

    private Function<Channel, SslHandler> client(SslContextBuilder settings) throws Exception {
        SslContext context = settings.trustManager(ours.trust().toFile())
                .sslProvider(TlsProvider.inUse().netty())
                .build();
        return channel -> context.newHandler(channel.alloc(), "localhost", 1);
    }

    private Function<Channel, SslHandler> trusting(String host) {
        ClientTls tls = ClientTls.builder().trust(ours.trust()).build();
        return channel -> tls.newHandler(channel.alloc(), host, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anExpiredClientCertificate(String protocol) throws Exception {
        Authority.Pair expired = ours.signExpired("expired");
        try (TlsEcho echo = requiring()) {
            Throwable seen = echo.failureOf(client(SslContextBuilder.forClient()
                    .protocols(protocol)
                    .keyManager(expired.certificate().toFile(), expired.key().toFile())));
            assertThat(HandshakeFailure.seenByServer(echo.failure()))
                    .startsWith("the client's certificate has expired (NotAfter: ");
            assertThat(HandshakeFailure.seenByClient(seen)).startsWith("the server refused our certificate");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aForeignClientCertificate(String protocol) throws Exception {
        Authority.Pair foreign = theirs.sign("foreign");
        try (TlsEcho echo = requiring()) {
            // It shows its certificate whatever the server asks for, which neither the JDK nor BoringSSL do.
            new OpenSsl(echo.port())
                    .with(protocol)
                    .with(
                            "-cert",
                            foreign.certificate().toString(),
                            "-key",
                            foreign.key().toString())
                    .run("");
            assertThat(HandshakeFailure.seenByServer(echo.failure()))
                    .isEqualTo("the client's certificate is not signed by anybody whom we trust");
        }
    }

    @Test
    void aMissingClientCertificate() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (TlsEcho echo = requiring()) {
                Throwable seen =
                        echo.failureOf(client(SslContextBuilder.forClient().protocols(protocol)));
                assertThat(HandshakeFailure.seenByServer(echo.failure())).isEqualTo("the client showed no certificate");
                assertThat(HandshakeFailure.seenByClient(seen))
                        .startsWith("the server ")
                        .containsPattern("requires a certificate of us");
            }
        }
    }

    @Test
    void aCertificateThatIsNotForClients() throws Exception {
        CertificateBuilder serversOnly = Authority.settings("servers-only").addExtendedKeyUsageServerAuth();
        Authority.Pair pair = ours.sign("servers-only", serversOnly);
        try (TlsEcho echo = requiring()) {
            new OpenSsl(echo.port())
                    .with(
                            "-cert",
                            pair.certificate().toString(),
                            "-key",
                            pair.key().toString())
                    .run("");
            assertThat(HandshakeFailure.seenByServer(echo.failure()))
                    .startsWith("the client's certificate is no good (Extended key usage");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anExpiredServerCertificate(String protocol) throws Exception {
        try (TlsEcho echo = plain(ours.signExpired("expired"), protocol)) {
            assertThat(HandshakeFailure.seenByClient(echo.failureOf(trusting("localhost"))))
                    .startsWith("the server's certificate has expired (NotAfter: ");
            assertThat(HandshakeFailure.seenByServer(echo.failure()))
                    .isEqualTo("the client refused our certificate: it has expired");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aForeignServerCertificate(String protocol) throws Exception {
        try (TlsEcho echo = plain(theirs.sign("foreign"), protocol)) {
            assertThat(HandshakeFailure.seenByClient(echo.failureOf(trusting("localhost"))))
                    .isEqualTo("the server's certificate is not signed by anybody whom we trust");
            assertThat(HandshakeFailure.seenByServer(echo.failure())).startsWith("the client ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "127.0.0.2"})
    void aServerCertificateForAnotherHost(String host) throws Exception {
        try (TlsEcho echo = plain(server, "TLSv1.3")) {
            assertThat(HandshakeFailure.seenByClient(echo.failureOf(trusting(host))))
                    .startsWith("the server's certificate is for another host (No subject alternative ")
                    .contains(host);
        }
    }

    @Test
    void aPeerThatDoesNotSpeakTls() throws Exception {
        try (TlsEcho echo = new TlsEcho(
                        ServerTls.builder(server.certificate(), server.key()).build());
                Socket peer = echo.connect()) {
            peer.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Throwable failure = echo.failure();
            assertThat(HandshakeFailure.seenByServer(failure)).isEqualTo("the client doesn't speak TLS");
            assertThat(HandshakeFailure.seenByClient(failure)).isEqualTo("the server doesn't speak TLS");
        }
    }

    @Test
    void aPeerThatTalksNonsense() throws Exception {
        try (TlsEcho echo = new TlsEcho(
                        ServerTls.builder(server.certificate(), server.key()).build());
                Socket peer = echo.connect()) {
            peer.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0});
            assertThat(HandshakeFailure.seenByServer(echo.failure())).startsWith("TLS failed (");
        }
    }

    @Test
    void aPeerThatLeavesOrIsSlow() throws Exception {
        try (TlsEcho echo = new TlsEcho(
                ServerTls.builder(server.certificate(), server.key()).build())) {
            echo.connect().close();
            assertThat(HandshakeFailure.seenByServer(echo.failure()))
                    .isEqualTo("the client left before the handshake was done");
            Socket resetting = echo.connect();
            resetting.setSoLinger(true, 0);
            resetting.close();
            assertThat(HandshakeFailure.seenByServer(echo.failure()))
                    .startsWith("the connection to the client broke (");
        }
        assertThat(HandshakeFailure.seenByServer(new SslHandshakeTimeoutException("handshake timed out after 1ms")))
                .isEqualTo("the handshake was not done in time");
    }

    @Test
    void noVersionInCommon() throws Exception {
        try (TlsEcho echo = new TlsEcho(
                ServerTls.builder(server.certificate(), server.key()).build())) {
            new OpenSsl(echo.port())
                    .with("-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0")
                    .run("");
            assertThat(HandshakeFailure.seenByServer(echo.failure()))
                    .isEqualTo("no TLS version in common with the client");
        }
        try (TlsEcho echo = plain(server, "TLSv1.2")) {
            Throwable seen = echo.failureOf(client(SslContextBuilder.forClient().protocols("TLSv1.3")));
            assertThat(HandshakeFailure.seenByClient(seen)).isEqualTo("no TLS version in common with the server");
        }
    }

    @Test
    void noCipherInCommon() throws Exception {
        try (TlsEcho echo = new TlsEcho(
                ServerTls.builder(server.certificate(), server.key()).build())) {
            Throwable seen = echo.failureOf(client(SslContextBuilder.forClient()
                    .protocols("TLSv1.2")
                    .ciphers(List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))));
            assertThat(HandshakeFailure.seenByServer(echo.failure())).isEqualTo("no cipher in common with the client");
            assertThat(HandshakeFailure.seenByClient(seen))
                    .isEqualTo("the server found no cipher in common with us, or requires a certificate of us");
        }
    }
}
