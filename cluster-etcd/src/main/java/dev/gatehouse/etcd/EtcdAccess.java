package dev.gatehouse.etcd;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How etcd is reached. Immutable.
 *
 * @param endpoints its members as {@code http://HOST:PORT} or {@code https://HOST:PORT}, one at least, all with one scheme; one is used until it fails,
 *     then the next
 * @param tls whom we trust and how we prove ourselves, for {@code https}; without it the JDK's authorities are trusted
 * @param timeout how long one request may take, from 100 ms to 1 min
 */
public record EtcdAccess(List<String> endpoints, Optional<EtcdTls> tls, Duration timeout) {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final int PORT_MAX = 65_535;

    public EtcdAccess {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("endpoints: none (expected: at least one)");
        }
        endpoints.forEach(EtcdAccess::uri);
        if (endpoints.stream().map(text -> uri(text).getScheme()).distinct().count() > 1) {
            throw new IllegalArgumentException("endpoints: " + endpoints + " (expected: http or https, not both)");
        }
        if (tls.isPresent() && !secure(endpoints)) {
            throw new IllegalArgumentException(
                    "endpoints: " + endpoints + " (expected: https, as TLS files are given)");
        }
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: 100 ms to 1 min)");
        }
    }

    /** Access with 2 s a request, and with the JDK's authorities where it is by {@code https}. */
    public static EtcdAccess of(List<String> endpoints) {
        return new EtcdAccess(endpoints, Optional.empty(), TIMEOUT);
    }

    /** The same with these TLS files. */
    public EtcdAccess withTls(EtcdTls files) {
        return new EtcdAccess(endpoints, Optional.of(files), timeout);
    }

    /** The same with this long for one request. */
    public EtcdAccess withTimeout(Duration limit) {
        return new EtcdAccess(endpoints, tls, limit);
    }

    /** Whether etcd is reached over TLS. */
    boolean secure() {
        return secure(endpoints);
    }

    /** The host and port of an endpoint. */
    URI endpoint(int index) {
        return uri(endpoints.get(index));
    }

    private static boolean secure(List<String> endpoints) {
        return "https".equals(uri(endpoints.getFirst()).getScheme());
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean scheme = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean authorityOnly = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && (uri.getPath().isEmpty() || "/".equals(uri.getPath()));
            if (scheme && authorityOnly && uri.getPort() > 0 && uri.getPort() <= PORT_MAX) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException("endpoint: " + text + " (expected: http://HOST:PORT or https://HOST:PORT)");
    }
}
