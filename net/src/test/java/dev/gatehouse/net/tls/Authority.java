package dev.gatehouse.net.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Signs certificates, and lays them into a directory as PEM files. */
final class Authority {
    private final Path directory;
    private final X509Bundle bundle;
    private final Path trust;

    Authority(Path directory, String name) {
        this.directory = directory;
        bundle = made(() -> new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned());
        trust = write(name + "-trust.pem", bundle.getCertificatePEM());
    }

    /** A certificate chain and its key, as files. */
    record Pair(Path certificate, Path key, X509Bundle bundle) {}

    /** What says whom this authority signs for. */
    Path trust() {
        return trust;
    }

    /** A pair for {@code localhost} and 127.0.0.1. */
    Pair sign(String name) {
        return sign(name, settings(name));
    }

    /** A pair that expired yesterday. */
    Pair signExpired(String name) {
        Instant now = Instant.now();
        return sign(
                name, settings(name).notBefore(now.minus(Duration.ofDays(30))).notAfter(now.minus(Duration.ofDays(1))));
    }

    Pair sign(String name, CertificateBuilder settings) {
        X509Bundle signed = made(() -> settings.buildIssuedBy(bundle));
        return new Pair(
                write(name + ".pem", signed.getCertificatePathPEM()),
                write(name + ".key", signed.getPrivateKeyPEM()),
                signed);
    }

    static CertificateBuilder settings(String name) {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1");
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Making {
        X509Bundle make() throws Exception;
    }

    private static X509Bundle made(Making making) {
        try {
            return making.make();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
