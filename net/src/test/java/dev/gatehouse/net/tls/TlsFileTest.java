package dev.gatehouse.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may do wrong with the files, each said in one sentence. */
class TlsFileTest {
    private static final String CERTIFICATE_EXPECTED =
            " (expected: a PEM file with a certificate chain, one's own certificate first)";
    private static final String KEY_EXPECTED = " (expected: a PEM file with a PKCS#8 private key without a password)";
    private static final String TRUST_EXPECTED = " (expected: a PEM file with certificates)";

    @TempDir
    private Path directory;

    private Authority ours;
    private Authority.Pair server;

    @BeforeEach
    void makeCertificates() {
        ours = new Authority(directory, "ours");
        server = ours.sign("server");
    }

    private Path file(String text) {
        return file(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Path file(byte[] bytes) {
        try {
            return Files.write(directory.resolve("file"), bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefuses(Path certificate, Path key, String message) {
        assertThatExceptionOfType(TlsFileException.class)
                .isThrownBy(() -> ServerTls.builder(certificate, key).build())
                .withMessage(message);
    }

    private void assertRefusesCertificate(Path file, String why) {
        assertRefuses(file, server.key(), "certificate: " + file + ": " + why + CERTIFICATE_EXPECTED);
    }

    private void assertRefusesKey(Path file, String why) {
        assertRefuses(server.certificate(), file, "key: " + file + ": " + why + KEY_EXPECTED);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertRefusesCertificate(directory.resolve("none"), "no such file");
        assertRefusesKey(directory.resolve("none"), "no such file");
        assertRefusesKey(directory, "not a file");
    }

    @Test
    void refusesCertificatesThatAreNone() {
        assertRefusesCertificate(file(""), "no certificate in it");
        assertRefusesCertificate(file("hello"), "no certificate in it");
        assertRefusesCertificate(server.key(), "no certificate in it");
        assertRefusesCertificate(
                file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                "certificate 1 in it can't be read");
        assertRefusesCertificate(file(new byte[PemFile.BYTES_MAX + 1]), "larger than 1048576 bytes");
    }

    @Test
    void refusesDer() throws Exception {
        assertRefusesCertificate(file(server.bundle().getCertificate().getEncoded()), "DER, not PEM");
        assertRefusesKey(file(server.bundle().getKeyPair().getPrivate().getEncoded()), "DER, not PEM");
    }

    @Test
    void refusesCertificatesOutOfTheirTime() {
        Authority.Pair expired = ours.signExpired("expired");
        assertRefuses(
                expired.certificate(),
                expired.key(),
                "certificate: " + expired.certificate() + ": it expired at "
                        + expired.bundle().getCertificate().getNotAfter().toInstant() + CERTIFICATE_EXPECTED);
        Authority.Pair early = ours.sign(
                "early", Authority.settings("early").notBefore(Instant.now().plus(Duration.ofDays(1))));
        assertRefuses(
                early.certificate(),
                early.key(),
                "certificate: " + early.certificate() + ": it is valid from "
                        + early.bundle().getCertificate().getNotBefore().toInstant() + " on only"
                        + CERTIFICATE_EXPECTED);
    }

    @Test
    void refusesKeysThatAreNone() throws Exception {
        assertRefusesKey(server.certificate(), "no private key in it");
        assertRefusesKey(
                file("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
                "not a key of the kind of the first certificate of " + server.certificate() + ", EC");
    }

    @Test
    void refusesKeysOfOthers() {
        assertRefusesKey(ours.sign("other").key(), "not the key of the first certificate of " + server.certificate());
        Authority.Pair rsa = ours.sign("rsa", new CertificateBuilder().rsa2048().subject("CN=rsa"));
        assertRefusesKey(
                rsa.key(), "not a key of the kind of the first certificate of " + server.certificate() + ", EC");
    }

    @Test
    void refusesKeysThatTheRealOpensslEncryptedOrWroteInAnotherForm() throws Exception {
        Path encrypted = openssl(
                "pkcs8",
                "-topk8",
                "-passout",
                "pass:secret",
                "-in",
                server.key().toString());
        assertRefusesKey(encrypted, "the key is encrypted");
        Path old = openssl(
                "ec", "-aes128", "-passout", "pass:secret", "-in", server.key().toString());
        assertRefusesKey(old, "the key is encrypted");
        Path traditional = openssl("ec", "-in", server.key().toString());
        assertRefusesKey(traditional, "the key is not in PKCS#8, which `openssl pkcs8 -topk8 -nocrypt` makes of it");
    }

    private Path openssl(String... arguments) throws Exception {
        Path out = directory.resolve("openssl.key");
        ProcessBuilder command = new ProcessBuilder("openssl");
        command.command().addAll(List.of(arguments));
        command.command().addAll(List.of("-out", out.toString()));
        assertThat(command.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        return out;
    }

    @Test
    void refusesTrustThatIsNone() {
        Path none = directory.resolve("none");
        assertThatExceptionOfType(TlsFileException.class)
                .isThrownBy(() -> ServerTls.builder(server.certificate(), server.key())
                        .clientCertificates(ClientCertificates.OPTIONAL, none)
                        .build())
                .withMessage("trust: " + none + ": no such file" + TRUST_EXPECTED);
        assertThatExceptionOfType(TlsFileException.class)
                .isThrownBy(() -> ClientTls.builder().trust(server.key()).build())
                .withMessage("trust: " + server.key() + ": no certificate in it" + TRUST_EXPECTED);
    }

    @Test
    void takesKeysOfEveryUsualKindAndTextAroundTheBlocks() throws Exception {
        for (CertificateBuilder.Algorithm algorithm : new CertificateBuilder.Algorithm[] {
            CertificateBuilder.Algorithm.rsa2048, CertificateBuilder.Algorithm.ecp384
        }) {
            Authority.Pair pair = ours.sign(
                    algorithm.name(),
                    new CertificateBuilder().algorithm(algorithm).subject("CN=any"));
            Files.writeString(pair.certificate(), "subject=any\n" + Files.readString(pair.certificate()) + "\nend\n");
            assertThatCode(() ->
                            ServerTls.builder(pair.certificate(), pair.key()).build())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void saysOneSentenceAboutAnyMutilatedFile() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = Files.readAllBytes(server.certificate());
        for (int i = 0; i < 500; i++) {
            byte[] mutated = whole.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            Path file = file(mutated);
            try {
                ServerTls.builder(file, server.key()).build();
            } catch (TlsFileException e) {
                assertThat(e)
                        .as("seed %d", seed)
                        .hasMessageMatching("(certificate|key): [^\\n]+ \\(expected: [^\\n]+\\)");
            }
        }
    }
}
