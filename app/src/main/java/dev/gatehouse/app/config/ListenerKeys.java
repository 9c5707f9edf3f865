package dev.gatehouse.app.config;

import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.ClientCertificates;
import dev.gatehouse.net.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of what stands under the framing where clients connect: TLS, and PROXY headers before it. */
final class ListenerKeys {
    static final Key<Path> TLS_CERTIFICATE = new Key<>(
            "tls.certificate",
            KeyType.file(),
            "",
            "A PEM file with the certificate chain that clients see, the server's own first; with `tls.key`. Without both, clients"
                    + " speak plain TCP. These files are looked at when clients come, at most once a second: replaced ones are"
                    + " used for new connections, and open ones stay.");
    static final Key<Path> TLS_KEY = new Key<>(
            "tls.key",
            KeyType.file(),
            "",
            "A PEM file with the private key of `tls.certificate` (PKCS#8, without a password).");
    static final Key<ClientCertificates> TLS_CLIENT_CERTIFICATES = new Key<>(
            "tls.client-certificates",
            KeyType.choice(ClientCertificates.class),
            "none",
            "Whether clients must (`required`), may (`optional`) or can't show certificates; with `tls.trust`.");
    static final Key<Path> TLS_TRUST = new Key<>(
            "tls.trust", KeyType.file(), "", "A PEM file with the authorities that sign clients' certificates.");
    static final Key<List<String>> PROXIES = new Key<>(
            "proxy-protocol.trusted",
            KeyType.networks(),
            "",
            "Proxies whose connections must begin with a header of the PROXY protocol (version 1 or 2), which says who the client"
                    + " is; everybody else is served as what it is. Without any, nobody's header is read.");
    static final Key<Long> PROXY_HEADER_BYTES_MAX = new Key<>(
            "proxy-protocol.header-bytes-max",
            KeyType.bytes(232, 65_551),
            "4k",
            "The longest such header, with all that the proxy adds to it.");
    static final Key<Duration> HANDSHAKE_TIMEOUT = new Key<>(
            "handshake-timeout",
            KeyType.duration(Duration.ofMillis(1)),
            "10s",
            "How long a TLS handshake, and a PROXY header before it, may take.");

    static final List<Key<?>> ALL = List.of(
            TLS_CERTIFICATE,
            TLS_KEY,
            TLS_CLIENT_CERTIFICATES,
            TLS_TRUST,
            PROXIES,
            PROXY_HEADER_BYTES_MAX,
            HANDSHAKE_TIMEOUT);

    private static final String[] NO_NAMES = {};

    private ListenerKeys() {}

    /** The files of TLS, if it is on; what is in them is checked when they are used. */
    static Optional<TlsFiles> tls(Values values) {
        Optional<Path> certificate = values.readable(TLS_CERTIFICATE);
        Optional<Path> key = values.readable(TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            Key<Path> missing = certificate.isPresent() ? TLS_KEY : TLS_CERTIFICATE;
            throw values.error(missing, NO_NAMES, "not set", "tls.certificate and tls.key, or neither");
        }
        Optional<Path> trust = values.readable(TLS_TRUST);
        ClientCertificates clients = values.get(TLS_CLIENT_CERTIFICATES);
        boolean asks = clients != ClientCertificates.NONE;
        if (asks && certificate.isEmpty()) {
            throw values.error(
                    TLS_CLIENT_CERTIFICATES,
                    NO_NAMES,
                    KeyType.dashed(clients),
                    "tls.certificate and tls.key beside it");
        } else if (asks && trust.isEmpty()) {
            throw values.error(TLS_TRUST, NO_NAMES, "not set", "a file, as tls.client-certificates is on");
        } else if (!asks && trust.isPresent()) {
            throw values.error(
                    TLS_TRUST,
                    NO_NAMES,
                    trust.get().toString(),
                    "tls.client-certificates: optional or required beside it, as nobody is asked else");
        }
        return certificate.map(file -> new TlsFiles(file, key.orElseThrow(), clients, trust));
    }

    /** The proxies that are trusted, if any are. */
    static Optional<ProxyProtocol> proxies(Values values) {
        int headerBytesMax = values.get(PROXY_HEADER_BYTES_MAX).intValue();
        return values.find(PROXIES)
                .map(networks -> ProxyProtocol.trusting(networks).withHeaderBytesMax(headerBytesMax));
    }
}
