package dev.gatehouse.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backend.internal.ListenAddress;
import dev.gatehouse.backend.internal.ServiceOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNodeBuilderTest {

    private static final PacketHandler HANDLER = (user, opcode, payload) -> {};

    @Test
    void listensOnLoopbackByDefault() {
        try (ServiceNode node = builder().start()) {
            assertThat(node.service()).isEqualTo("game");
            assertThat(node.address().getAddress().isLoopbackAddress()).isTrue();
            assertThat(node.address().getPort()).isPositive();
            assertThat(node.users()).isEmpty();
        }
    }

    @Test
    void hasDefaults() {
        assertThat(builder().options())
                .isEqualTo(new ServiceOptions(
                        "game",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        Runtime.getRuntime().availableProcessors(),
                        8,
                        256 << 10,
                        1024,
                        2 << 20,
                        Duration.ofMillis(2500),
                        HANDLER));
    }

    @Test
    void takesEachValue() {
        PacketHandler other = (user, opcode, payload) -> user.kick();
        assertThat(ServiceNode.builder("chat")
                        .listen("127.0.0.1:7000")
                        .token("secret")
                        .tls(Path.of("chain.pem"), Path.of("key.pem"))
                        .insecure(true)
                        .blocking(true)
                        .eventLoops(3)
                        .inboxPacketsMax(4)
                        .unreadBytesMax(1 << 20)
                        .queuePacketsMax(5)
                        .queueBytesMax(6)
                        .handover(Duration.ofSeconds(7))
                        .handler(other)
                        .options())
                .isEqualTo(new ServiceOptions(
                        "chat",
                        ListenAddress.parse("127.0.0.1:7000"),
                        Optional.of("secret"),
                        Optional.of(new ServiceOptions.Tls(Path.of("chain.pem"), Path.of("key.pem"))),
                        true,
                        true,
                        3,
                        4,
                        1 << 20,
                        5,
                        6,
                        Duration.ofSeconds(7),
                        other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "a:", "a:b", "a", "a:65536", "::1:80", "[x]:1", "a b:1"})
    void refusesAddressesThatAreNone(String address) {
        assertThatThrownBy(() -> builder().listen(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("listen: " + address + " (expected: HOST:PORT, PORT 0..65535)");
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> ServiceNode.builder("no spaces"))
                .hasMessageStartingWith("service: no spaces (expected: ");
        assertThatThrownBy(() -> builder().token("no\nline")).hasMessageStartingWith("token: (hidden) (expected: ");
        assertThatThrownBy(() -> builder().eventLoops(0)).hasMessage("eventLoops: 0 (expected: 1..1024)");
        assertThatThrownBy(() -> builder().unreadBytesMax(1000))
                .hasMessage("unreadBytesMax: 1000 (expected: 65536..16777216)");
        assertThatThrownBy(() -> builder().inboxPacketsMax(0)).hasMessage("inboxPacketsMax: 0 (expected: 1..65536)");
        assertThatThrownBy(() -> builder().queuePacketsMax(0)).hasMessage("queuePacketsMax: 0 (expected: 1..1048576)");
        assertThatThrownBy(() -> builder().queueBytesMax(0)).hasMessage("queueBytesMax: 0 (expected: 1..2147483647)");
        assertThatThrownBy(() -> builder().handover(Duration.ofSeconds(-1)))
                .hasMessage("handover: PT-1S (expected: 0 or more)");
        assertThatThrownBy(() -> ServiceNode.builder("game").start())
                .hasMessage("handler: none (expected: a PacketHandler)");
    }

    @Test
    void saysWhenTheAddressIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> builder().listen(address).start())
                    .isInstanceOf(ServiceStartException.class)
                    .hasMessageStartingWith("can't listen on " + address + ": ")
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void saysWhenTheHostIsUnknown() {
        assertThatThrownBy(() -> builder()
                        .listen(InetSocketAddress.createUnresolved("nowhere.invalid", 1))
                        .start())
                .isInstanceOf(ServiceStartException.class)
                .hasMessage("can't listen on nowhere.invalid:1: the host is unknown");
    }

    @Test
    void refusesToBeOpenToANetworkUnprotected() {
        assertThatThrownBy(() -> builder().token("t").listen("0.0.0.0:0").start())
                .isInstanceOf(ServiceStartException.class)
                .hasMessage("0.0.0.0:0 is not a loopback address: give TLS files, or allow to listen insecurely");
        assertThatThrownBy(() -> builder()
                        .listen("0.0.0.0:0")
                        .tls(Path.of("a.pem"), Path.of("b.pem"))
                        .start())
                .isInstanceOf(ServiceStartException.class)
                .hasMessage("0.0.0.0:0 is not a loopback address: give a service token, or allow to listen insecurely");
        builder().listen("0.0.0.0:0").insecure(true).start().close();
    }

    @Test
    void saysWhichTlsFilesCantBeUsed(@TempDir Path directory) throws Exception {
        Path garbage = Files.writeString(directory.resolve("garbage.pem"), "garbage");
        Path missing = directory.resolve("missing.pem");

        assertThatThrownBy(() -> builder().tls(garbage, missing).start())
                .isInstanceOf(ServiceStartException.class)
                .hasMessage("the TLS file " + missing + " can't be read");
        assertThatThrownBy(() -> builder().tls(garbage, garbage).start())
                .isInstanceOf(ServiceStartException.class)
                .hasMessageStartingWith("the TLS files " + garbage + " and " + garbage + " can't be used: ");
    }

    @Test
    void refusesAKeyThatIsNotTheCertificates(@TempDir Path directory) throws Exception {
        for (CertificateBuilder.Algorithm algorithm :
                List.of(CertificateBuilder.Algorithm.ecp256, CertificateBuilder.Algorithm.rsa2048)) {
            Path certificate = Files.writeString(
                    directory.resolve("c1.pem"), certificate(algorithm).getCertificatePathPEM());
            Path key = Files.writeString(
                    directory.resolve("k2.pem"),
                    certificate(CertificateBuilder.Algorithm.ecp256).getPrivateKeyPEM());

            assertThatThrownBy(() -> builder().tls(certificate, key).start())
                    .isInstanceOf(ServiceStartException.class)
                    .hasMessage("the TLS file " + key + " is another private key than that of " + certificate);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CertificateBuilder.Algorithm.class,
            names = {"ecp256", "ecp384", "rsa2048"})
    void takesAKeyThatIsTheCertificates(CertificateBuilder.Algorithm algorithm, @TempDir Path directory)
            throws Exception {
        X509Bundle bundle = certificate(algorithm);
        Path certificate = Files.writeString(directory.resolve("c.pem"), bundle.getCertificatePathPEM());
        Path key = Files.writeString(directory.resolve("k.pem"), bundle.getPrivateKeyPEM());
        builder().listen("127.0.0.1:0").tls(certificate, key).start().close();
    }

    private static X509Bundle certificate(CertificateBuilder.Algorithm algorithm) throws Exception {
        return new CertificateBuilder()
                .algorithm(algorithm)
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static ServiceNodeBuilder builder() {
        return ServiceNode.builder("game").handler(HANDLER);
    }
}
