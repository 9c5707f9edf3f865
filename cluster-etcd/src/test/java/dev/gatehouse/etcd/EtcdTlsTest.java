package dev.gatehouse.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.etcd.process.EtcdMember;
import dev.gatehouse.etcd.process.NeedsEtcd;
import dev.gatehouse.ring.Member;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that has a certificate, and asks its clients for theirs. */
@NeedsEtcd
class EtcdTlsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final EtcdMember MEMBER = EtcdMember.local("secure");

    @TempDir
    static Path folder;

    private static Process etcd;

    @BeforeAll
    static void startEtcd() throws Exception {
        X509Bundle authority = authority("authority");
        authority("another");
        sign(authority, "server");
        sign(authority, "client");
        List<String> command = new ArrayList<>();
        for (String argument : MEMBER.command(folder, List.of(MEMBER))) {
            command.add(argument.contains("client-urls=") ? argument.replace("http:", "https:") : argument);
        }
        command.addAll(List.of(
                "--cert-file=" + file("server.pem"),
                "--key-file=" + file("server.key"),
                "--client-cert-auth",
                "--trusted-ca-file=" + file("authority.pem")));
        etcd = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("secure.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(etcd::destroyForcibly));
    }

    @AfterAll
    static void stopEtcd() throws InterruptedException {
        etcd.destroyForcibly().waitFor();
    }

    private static X509Bundle authority(String name) throws Exception {
        X509Bundle made = new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(file(name + ".pem"), made.getCertificatePEM());
        return made;
    }

    private static void sign(X509Bundle authority, String name) throws Exception {
        X509Bundle signed = new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
        Files.writeString(file(name + ".pem"), signed.getCertificatePEM());
        Files.writeString(file(name + ".key"), signed.getPrivateKeyPEM());
    }

    private static Path file(String name) {
        return folder.resolve(name);
    }

    private static EtcdAccess access(String trust, Optional<String> own) {
        EtcdTls tls = new EtcdTls(
                Optional.of(file(trust + ".pem")),
                own.map(name -> file(name + ".pem")),
                own.map(name -> file(name + ".key")));
        return EtcdAccess.of(List.of(MEMBER.url().replace("http:", "https:"))).withTls(tls);
    }

    @Test
    void letsACoordinatorThatShowsItsCertificateLead() {
        try (Store store =
                EtcdStore.of(access("authority", Optional.of("client")), "/secure/", Duration.ofSeconds(30))) {
            Rival candidate = Rival.campaigning(store, "127.0.0.1:1");
            await().atMost(PATIENCE).until(() -> candidate.epochs().equals(List.of(1L)));
        }
    }

    @Test
    void tellsAGatewayOfNodes() {
        EtcdAccess access = access("authority", Optional.of("client"));
        try (EtcdRegistry registry = EtcdRegistry.start(access, EtcdRegistry.PREFIX);
                EtcdRegistrar registrar =
                        EtcdRegistrar.start(access, EtcdRegistry.PREFIX, "game", "a", "127.0.0.1:7001")) {
            await(registrar.toString())
                    .atMost(PATIENCE)
                    .until(() -> registry.members("game").equals(List.of(Member.of("a", "127.0.0.1", 7001))));
        }
    }

    @Test
    void saysThatACoordinatorWithoutACertificateIsRefused() {
        neverLeads(access("authority", Optional.empty()), "certificate");
    }

    @Test
    void saysThatTheCertificateOfEtcdIsOfNobodyTrusted() {
        neverLeads(access("another", Optional.of("client")), "certificat");
    }

    @Test
    void saysThatAFileIsNoCertificate() throws IOException {
        Files.writeString(file("broken.pem"), "no certificate");
        assertThatThrownBy(() -> EtcdRegistry.start(access("broken", Optional.empty()), EtcdRegistry.PREFIX))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("TLS files for etcd: ")
                .hasMessageEndingWith("(expected: PEM files that can be read)");
        assertThatThrownBy(() -> EtcdRegistry.start(access("missing", Optional.empty()), EtcdRegistry.PREFIX))
                .isInstanceOf(StoreException.class)
                .hasMessageEndingWith("(expected: PEM files that can be read)");
    }

    private static void neverLeads(EtcdAccess access, String why) {
        try (Store store = EtcdStore.of(access, "/refused/", Duration.ofSeconds(30))) {
            Rival candidate = Rival.campaigning(store, "127.0.0.1:1");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(store.trouble())
                            .hasValueSatisfying(sentence -> assertThat(sentence).contains(why)));
            assertThat(candidate.epochs()).isEmpty();
        }
    }
}
