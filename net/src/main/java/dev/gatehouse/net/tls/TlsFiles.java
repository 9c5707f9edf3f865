package dev.gatehouse.net.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a {@link ServerTls}, all PEM.
 *
 * @param certificate the certificate chain, the server's own first
 * @param key the private key of the first certificate, PKCS#8, without a password
 * @param clientCertificates whether clients are asked for certificates
 * @param trust the certificates of those who may sign clients' certificates; needed unless clients aren't asked
 */
public record TlsFiles(Path certificate, Path key, ClientCertificates clientCertificates, Optional<Path> trust) {
    /** Files of a server that doesn't ask its clients. */
    public TlsFiles(Path certificate, Path key) {
        this(certificate, key, ClientCertificates.NONE, Optional.empty());
    }

    public TlsFiles {
        if (trust.isPresent() == (clientCertificates == ClientCertificates.NONE)) {
            throw new IllegalArgumentException(
                    "trust: " + trust.map(Path::toString).orElse("none")
                            + " (expected: a file if client certificates are optional or required, else none)");
        }
    }
}
