package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.ClientCertificates;
import dev.gatehouse.net.tls.TlsFiles;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.ring.Member;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS towards clients and towards services. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private Path directory;
    private X509Bundle bundle;
    private Path certificate;
    private Path key;

    @BeforeAll
    void makeCertificate(@TempDir Path temporary) throws Exception {
        directory = temporary;
        bundle = certificate();
        certificate = Files.writeString(directory.resolve("certificate.pem"), bundle.getCertificatePathPEM());
        key = Files.writeString(directory.resolve("key.pem"), bundle.getPrivateKeyPEM());
    }

    private static X509Bundle certificate() throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private ServiceNode node() {
        return ServiceNode.builder("game")
                .tls(certificate, key)
                .token("secret-token")
                .handler(new DemoHandler())
                .start();
    }

    private static ServiceConfig service(int port, Path trust, Contract contract) {
        Member member = GatewayFixture.member(1, port);
        return new ServiceConfig(
                "game",
                PlacementPolicy.USER_HASH,
                "",
                List.of(member),
                "secret-token",
                true,
                Optional.of(trust),
                false,
                contract);
    }

    private static GatewayFixture gateway(ServiceConfig service) {
        return new GatewayFixture(List.of(), b -> b.services(Map.of("game", service)), b -> {});
    }

    @ParameterizedTest
    @EnumSource(Contract.class)
    void linksUnderTlsToANodeWhoseAuthorityItTrusts(Contract contract) {
        try (ServiceNode node = node();
                GatewayFixture gateway = gateway(service(node.address().getPort(), certificate, contract))) {
            gateway.awaitReady();
            try (RawClient client = gateway.client("tls-link")) {
                assertThat(client.send(1001, "under tls").receive().text()).isEqualTo("under tls");
            }
        }
    }

    @Test
    void doesNotLinkToANodeThatItDoesNotTrust() throws Exception {
        Path other =
                Files.writeString(directory.resolve("other.pem"), certificate().getCertificatePathPEM());
        try (LogCapture log = new LogCapture();
                ServiceNode node = node();
                GatewayFixture gateway = gateway(service(node.address().getPort(), other, Contract.GONET2));
                RawClient client = gateway.client()) {
            client.sendLogin("untrusting");
            await().until(() -> gateway.gateway.users() == 1);
            gateway.ticker.advance(Duration.ofSeconds(4));
            RawClient.Packet answer = client.receive();
            assertThat(answer.opcode()).isEqualTo(Gonet2.USER_LOGIN_FAILD_ACK);
            assertThat(answer.fault().code()).isEqualTo(LoginFailure.SERVICE_UNAVAILABLE.code());
            assertThat(gateway.gateway.ready()).isFalse();
            assertThat(log.lines()).noneMatch(l -> l.text().contains("secret-token"));
        }
    }

    @Test
    void saysWhichTrustFileItCanNotUse() throws IOException {
        Path none = directory.resolve("none.pem");
        assertThatThrownBy(() -> gateway(service(7000, none, Contract.GONET2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("services.game.trust: " + none + " (expected: a PEM file with certificates)");
        Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");
        assertThatThrownBy(() -> gateway(service(7000, nonsense, Contract.GONET2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("services.game.trust: " + nonsense)
                .hasMessageContaining("expected: a PEM file with certificates");
    }

    @Test
    void refusesAHostThatNoLinkCanName() {
        ServiceConfig named = ServiceConfig.plain("game", List.of(Member.of("g1", "game_1", 7000)));
        assertThatThrownBy(() -> gateway(named))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("service game: node g1 at game_1"
                        + " (expected: an address, or a name of the letters a to z, digits, - and .)");
    }

    @Test
    void refusesALinkOffLoopbackWithoutTls() {
        ServiceConfig away = ServiceConfig.plain("game", List.of(Member.of("g1", "192.0.2.1", 7000)));
        assertThatThrownBy(() -> gateway(away))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("service game: node g1 at 192.0.2.1 without TLS"
                        + " (expected: a loopback address, tls, or insecure: true)");
        ServiceConfig insecure = new ServiceConfig(
                "game",
                PlacementPolicy.USER_HASH,
                "",
                away.nodes(),
                "",
                false,
                Optional.empty(),
                true,
                Contract.GONET2);
        try (GatewayFixture gateway = gateway(insecure)) {
            assertThat(gateway.gateway.ready()).isFalse();
        }
    }

    @Test
    void listensUnderTls() throws Exception {
        try (GatewayFixture gateway = new GatewayFixture(1, b -> b.tls(new TlsFiles(certificate, key)));
                RawClient client = tlsClient(gateway)) {
            client.login("tls-client");
            byte[] payload = new byte[60_000];
            assertThat(client.send(1001, payload).receive().payload()).isEqualTo(payload);
            client.send(1005, "");
            assertThat(client.receiveEnd()).isEqualTo(12);
        }
    }

    private RawClient tlsClient(GatewayFixture gateway) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {bundle.toTrustManager()}, null);
        return new RawClient(context.getSocketFactory().createSocket(), gateway.gateway.localAddress(), 0);
    }

    @Test
    void aStrangerWithoutTlsIsNoSession() {
        try (LogCapture log = new LogCapture();
                GatewayFixture gateway = new GatewayFixture(0, b -> b.tls(new TlsFiles(certificate, key)))) {
            try (RawClient client = gateway.client()) {
                client.sendLogin("no tls");
                client.drained();
            }
            try (RawClient silent = gateway.client()) {
                silent.raw("16");
            }
            assertThat(gateway.gateway.statistics().sessions()).isZero();
            assertThat(log.ends()).isEmpty();
            assertThat(log.lines()).noneMatch(LogCapture.Line::stackTrace);
        }
    }

    @Test
    void saysWhichCertificateItCanNotUse() {
        TlsFiles none = new TlsFiles(directory.resolve("none.pem"), key);
        assertThatThrownBy(() -> new GatewayFixture(0, b -> b.tls(none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "tls.certificate: " + directory.resolve("none.pem")
                                + ": no such file (expected: a PEM file with a certificate chain, one's own certificate first)");
    }

    @Test
    void takesOverCertificatesWhileClientsStay() throws Exception {
        Path changing = Files.copy(certificate, directory.resolve("changing.pem"));
        Path changingKey = Files.copy(key, directory.resolve("changing.key"));
        try (GatewayFixture gateway = new GatewayFixture(1, b -> b.tls(new TlsFiles(changing, changingKey)));
                RawClient before = tlsClient(gateway)) {
            before.login("before");
            X509Bundle next = certificate();
            Files.writeString(changing, next.getCertificatePathPEM());
            assertThatThrownBy(gateway.gateway::reloadCertificates)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("tls.key: " + changingKey + ": not the key of the first certificate of ");
            Files.writeString(changingKey, next.getPrivateKeyPEM());
            gateway.gateway.reloadCertificates();
            bundle = next;
            try (RawClient after = tlsClient(gateway)) {
                after.login("after");
            }
            assertThat(before.send(1001, "still here").receive().text()).isEqualTo("still here");
        } finally {
            makeCertificate(directory);
        }
    }

    @Test
    void asksClientsForCertificates() throws Exception {
        TlsFiles requiring = new TlsFiles(certificate, key, ClientCertificates.REQUIRED, Optional.of(certificate));
        try (LogCapture log = new LogCapture();
                GatewayFixture gateway = new GatewayFixture(0, b -> b.tls(requiring))) {
            try (RawClient client = tlsClient(gateway)) {
                client.sendLogin("without");
                client.drained();
            } catch (UncheckedIOException e) {
                // The gateway was done with the client before this had sent all.
            }
            await().untilAsserted(() -> assertThat(log.lines())
                    .anyMatch(l -> l.text().endsWith("TLS_ERROR the client showed no certificate")));
            assertThat(gateway.gateway.statistics().sessions()).isZero();
        }
    }

    @Test
    void logsWhomTheProxySpeaksFor() {
        try (LogCapture log = new LogCapture();
                GatewayFixture gateway =
                        new GatewayFixture(1, b -> b.proxyProtocol(ProxyProtocol.trusting("127.0.0.1")))) {
            try (RawClient client = gateway.client()) {
                client.raw("PROXY TCP4 192.0.2.77 198.51.100.2 1000 443\r\n".getBytes(StandardCharsets.US_ASCII));
                client.login("behind");
            }
            await().untilAsserted(() -> assertThat(log.ends()).isNotEmpty());
            assertThat(log.lines()).anyMatch(l -> l.text().contains("192.0.2.77:1000"));
        }
    }
}
