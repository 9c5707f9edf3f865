package dev.gatehouse.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * TLS 1.3 and 1.2 for the connections of a server, from PEM files. Any thread.
 *
 * <p>The files may be replaced while it is in use: they are looked at when a connection comes, at most once a second, off the event
 * loop. New connections get the new certificates soon after, connections that are open stay. While the files are no good, as
 * between the replacement of a certificate and that of its key, the ones before are used, and one line in the log says so.
 *
 * <pre>{@code
 * ServerTls tls = ServerTls.builder(Path.of("server.pem"), Path.of("server.key"))
 *         .clientCertificates(ClientCertificates.REQUIRED, Path.of("clients.pem"))
 *         .build();
 * }</pre>
 */
public final class ServerTls {
    private final ReloadingContext context;

    private ServerTls(ReloadingContext context) {
        this.context = context;
    }

    /**
     * TLS from these files, as {@link Builder} makes it.
     *
     * @throws TlsFileException if they are no good
     */
    public static ServerTls of(TlsFiles files) {
        return of(files, System::nanoTime);
    }

    private static ServerTls of(TlsFiles files, LongSupplier nanos) {
        PemFile certificate = PemFile.certificate(files.certificate());
        PemFile key = PemFile.key(files.key());
        Optional<PemFile> trust = files.trust().map(PemFile::trust);
        return new ServerTls(new ReloadingContext(
                Stream.concat(Stream.of(certificate, key), trust.stream()).toList(),
                texts -> context(
                        Identity.of(certificate, texts.get(0), key, texts.get(1)),
                        files.clientCertificates(),
                        trust.map(file -> Pem.certificates(file, texts.get(2))).orElse(List.of())),
                nanos));
    }

    /**
     * Settings for a server that shows a certificate.
     *
     * @param certificate a PEM file with the certificate chain, the server's own first
     * @param key a PEM file with the private key of the first certificate (PKCS#8, without a password)
     */
    public static Builder builder(Path certificate, Path key) {
        return new Builder(certificate, key);
    }

    /** TLS as the context of Netty's says, for what the settings here don't have; it never changes. */
    public static ServerTls of(SslContext context) {
        return new ServerTls(ReloadingContext.of(context));
    }

    /** A handler for one connection, to be put first into its pipeline. */
    public SslHandler newHandler(ByteBufAllocator allocator) {
        return context.context().newHandler(allocator);
    }

    /**
     * Reads the files now; new connections get what stands in them. May block, so not on an event loop.
     *
     * @throws TlsFileException if they are no good; the ones before are used on
     */
    public void reload() {
        context.reload();
    }

    private static SslContext context(Identity identity, ClientCertificates clients, List<X509Certificate> trusted) {
        SslContextBuilder builder = SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(TlsProvider.inUse().netty())
                .protocols("TLSv1.3", "TLSv1.2")
                .clientAuth(clients.netty());
        if (!trusted.isEmpty()) {
            builder.trustManager(trusted);
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS is not available: " + e.getMessage(), e);
        }
    }

    /** Settings of a {@link ServerTls}. */
    public static final class Builder {
        private final Path certificate;
        private final Path key;
        private ClientCertificates clientCertificates = ClientCertificates.NONE;
        private Optional<Path> trust = Optional.empty();
        private LongSupplier nanos = System::nanoTime;

        private Builder(Path certificate, Path key) {
            this.certificate = certificate;
            this.key = key;
        }

        /**
         * Asks clients for certificates; by default they aren't asked.
         *
         * @param trust a PEM file with the certificates of those who may sign them
         */
        public Builder clientCertificates(ClientCertificates clientCertificates, Path trust) {
            this.clientCertificates = clientCertificates;
            this.trust = clientCertificates == ClientCertificates.NONE ? Optional.empty() : Optional.of(trust);
            return this;
        }

        /** The clock of the looks at the files. */
        Builder nanos(LongSupplier nanos) {
            this.nanos = nanos;
            return this;
        }

        /**
         * Reads the files.
         *
         * @throws TlsFileException if they are no good
         */
        public ServerTls build() {
            return ServerTls.of(new TlsFiles(certificate, key, clientCertificates, trust), nanos);
        }
    }
}
