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
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 and 1.2 for the connections of a client: whom it trusts, and who it is. Files may be replaced while it is in use, as with
 * {@link ServerTls}. Any thread.
 */
public final class ClientTls {
    private final ReloadingContext context;

    private ClientTls(ReloadingContext context) {
        this.context = context;
    }

    /** Settings for a client that trusts whom the JDK trusts, and shows no certificate. */
    public static Builder builder() {
        return new Builder();
    }

    /** TLS as the context of Netty's says, for what the settings here don't have; it never changes. */
    public static ClientTls of(SslContext context) {
        return new ClientTls(ReloadingContext.of(context));
    }

    /**
     * A handler for one connection, to be put first into its pipeline.
     *
     * @param host the server as the user named it: its certificate must be for that
     * @param port the server's
     */
    public SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
        return context.context().newHandler(allocator, host, port);
    }

    /**
     * Reads the files now; new connections get what stands in them. May block, so not on an event loop.
     *
     * @throws TlsFileException if they are no good; the ones before are used on
     */
    public void reload() {
        context.reload();
    }

    /** Settings of a {@link ClientTls}. */
    public static final class Builder {
        private Optional<Path> trust = Optional.empty();
        private Optional<Path> certificate = Optional.empty();
        private Optional<Path> key = Optional.empty();
        private boolean hostNameCheck = true;
        private LongSupplier nanos = System::nanoTime;

        private Builder() {}

        /** A PEM file with the certificates of those who may sign servers' certificates; by default the JDK's. */
        public Builder trust(Path trust) {
            this.trust = Optional.of(trust);
            return this;
        }

        /**
         * A certificate to show to servers that ask for one; by default none.
         *
         * @param certificate a PEM file with the certificate chain, the client's own first
         * @param key a PEM file with the private key of the first certificate (PKCS#8, without a password)
         */
        public Builder certificate(Path certificate, Path key) {
            this.certificate = Optional.of(certificate);
            this.key = Optional.of(key);
            return this;
        }

        /** Goes without the check that the server's certificate is for the host that was connected to. Not secure. */
        public Builder withoutHostNameCheck() {
            hostNameCheck = false;
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
        public ClientTls build() {
            List<PemFile> files = Stream.of(
                            trust.map(PemFile::trust), certificate.map(PemFile::certificate), key.map(PemFile::key))
                    .flatMap(Optional::stream)
                    .toList();
            Optional<Path> trusted = trust;
            Optional<Path> shown = certificate;
            boolean checked = hostNameCheck;
            return new ClientTls(new ReloadingContext(
                    files,
                    texts -> context(
                            checked,
                            trusted.map(path -> Pem.certificates(files.getFirst(), texts.getFirst())),
                            shown.map(path -> {
                                int first = files.size() - 2;
                                return Identity.of(
                                        files.get(first), texts.get(first), files.getLast(), texts.getLast());
                            })),
                    nanos));
        }

        private static SslContext context(
                boolean hostNameCheck, Optional<List<X509Certificate>> trusted, Optional<Identity> identity) {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(TlsProvider.inUse().netty())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm(endpointIdentification(hostNameCheck));
            trusted.ifPresent(builder::trustManager);
            identity.ifPresent(own -> builder.keyManager(own.key(), own.chain()));
            try {
                return builder.build();
            } catch (SSLException e) {
                throw new IllegalStateException("TLS is not available: " + e.getMessage(), e);
            }
        }

        /** The JDK's name of the check; null for none. */
        private static @Nullable String endpointIdentification(boolean hostNameCheck) {
            return hostNameCheck ? "HTTPS" : null;
        }
    }
}
