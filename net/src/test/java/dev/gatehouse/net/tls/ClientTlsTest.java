package dev.gatehouse.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslHandler;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client's TLS on real sockets; on the provider that is on the class path. */
@Timeout(120)
class ClientTlsTest {
    @TempDir
    private Path directory;

    private Authority ours;
    private Authority.Pair server;
    private Authority.Pair client;

    @BeforeEach
    void makeCertificates() {
        ours = new Authority(directory, "ours");
        server = ours.sign("server");
        client = ours.sign("client");
    }

    private TlsEcho echo(ClientCertificates clients) {
        return new TlsEcho(ServerTls.builder(server.certificate(), server.key())
                .clientCertificates(clients, ours.trust())
                .build());
    }

    private static SslHandler shaken(TlsEcho echo, ClientTls tls, String host) throws Exception {
        SslHandler handler = echo.handshake(channel -> tls.newHandler(channel.alloc(), host, echo.port()));
        handler.handshakeFuture().sync();
        return handler;
    }

    @Test
    void trustsWhomItsFileSays() throws Exception {
        ClientTls tls = ClientTls.builder().trust(ours.trust()).build();
        try (TlsEcho echo = echo(ClientCertificates.NONE)) {
            for (String host : new String[] {"localhost", "127.0.0.1"}) {
                assertThat(shaken(echo, tls, host).engine().getSession().getPeerCertificates())
                        .startsWith(server.bundle().getCertificate());
            }
        }
    }

    @Test
    void showsItsOwnCertificate() throws Exception {
        ClientTls tls = ClientTls.builder()
                .trust(ours.trust())
                .certificate(client.certificate(), client.key())
                .build();
        try (TlsEcho echo = echo(ClientCertificates.REQUIRED)) {
            assertThat(shaken(echo, tls, "localhost").engine().getSession().getLocalCertificates())
                    .startsWith(client.bundle().getCertificate());
        }
    }

    @Test
    void trustsWhomTheJdkTrustsByDefault() throws Exception {
        ClientTls tls = ClientTls.builder().build();
        try (TlsEcho echo = echo(ClientCertificates.NONE)) {
            Throwable failure = echo.failureOf(channel -> tls.newHandler(channel.alloc(), "localhost", echo.port()));
            assertThat(HandshakeFailure.seenByClient(failure))
                    .isEqualTo("the server's certificate is not signed by anybody whom we trust");
        }
    }

    @Test
    void leavesTheHostNameUncheckedOnlyWhenTold() throws Exception {
        ClientTls.Builder settings = ClientTls.builder().trust(ours.trust());
        ClientTls checking = settings.build();
        ClientTls unchecking = settings.withoutHostNameCheck().build();
        try (TlsEcho echo = echo(ClientCertificates.NONE)) {
            Throwable failure =
                    echo.failureOf(channel -> checking.newHandler(channel.alloc(), "example.org", echo.port()));
            assertThat(HandshakeFailure.seenByClient(failure))
                    .startsWith("the server's certificate is for another host (");
            assertThat(shaken(echo, unchecking, "example.org")
                            .engine()
                            .getSession()
                            .getPeerCertificates())
                    .startsWith(server.bundle().getCertificate());
        }
    }
}
