package dev.gatehouse.backend;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;

/** A self-signed certificate for localhost, in PEM files that go when the process ends. */
record TestCertificate(Path certificate, Path privateKey) {

    static TestCertificate make() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        return new TestCertificate(
                bundle.toTempCertChainPem().toPath(),
                bundle.toTempPrivateKeyPem().toPath());
    }

    /** Credentials of a channel that trusts this certificate alone. */
    ChannelCredentials trusted() throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(certificate.toFile())
                .build();
    }
}
