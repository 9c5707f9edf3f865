package guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Client;
import dev.gatehouse.net.Server;
import dev.gatehouse.testing.TestPeer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets about TLS and proxies do what docs/net.md says of them. */
class SecuredTest {
    @TempDir
    private Path files;

    @Test
    void bothSidesShowACertificate() throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path trust = write("trust.pem", authority.getCertificatePEM());
        X509Bundle signed = new CertificateBuilder()
                .ecp256()
                .subject("CN=server and client")
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
        Path certificate = write("certificate.pem", signed.getCertificatePathPEM());
        Path key = write("key.pem", signed.getPrivateKeyPEM());
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (Server server = Secured.server("127.0.0.1:0", certificate, key, trust);
                Client client = Secured.client(
                        trust, certificate, key, (connection, line) -> answer.complete(line.toString(UTF_8)))) {
            client.connect(Address.format(server.localAddress())).join().send("a".getBytes(UTF_8));
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("a");
        }
    }

    @Test
    void theProxyTellsWhoItsClientIs() {
        try (Server server = Secured.behindProxy("127.0.0.1:0");
                TestPeer proxy = TestPeer.connect(server.localAddress())) {
            proxy.sendText("PROXY TCP4 192.0.2.7 127.0.0.1 4000 80\r\nwho\n").expectText("192.0.2.7\n");
        }
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(files.resolve(name), text);
    }
}
