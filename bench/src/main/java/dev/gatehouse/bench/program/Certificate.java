package dev.gatehouse.bench.program;

import dev.gatehouse.net.tls.TlsFiles;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate that the process signs itself, with a key on the curve P-256; its files go when the process ends in order. */
final class Certificate {
    private Certificate() {}

    static TlsFiles make() throws Exception {
        X509Bundle made = new CertificateBuilder()
                .ecp256()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        return new TlsFiles(file(made.getCertificatePEM()), file(made.getPrivateKeyPEM()));
    }

    private static Path file(String text) throws Exception {
        File file = File.createTempFile("bench", ".pem");
        file.deleteOnExit();
        return Files.writeString(file.toPath(), text);
    }
}
