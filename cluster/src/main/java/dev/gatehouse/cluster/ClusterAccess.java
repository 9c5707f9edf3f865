package dev.gatehouse.cluster;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Backoff;
import dev.gatehouse.net.tls.ClientTls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How participants reach the coordinators.
 *
 * @param coordinators their addresses, {@code HOST:PORT}, one at least; they are tried one after the other
 * @param secret what they share with us
 * @param tls TLS under the protocol, where the coordinators have it
 * @param connectTimeout how long a connect may take
 * @param verifyTimeout how long it may take until both sides have proved themselves
 * @param backoff how long to wait before the next address is tried
 */
public record ClusterAccess(
        List<String> coordinators,
        ClusterSecret secret,
        Optional<ClientTls> tls,
        Duration connectTimeout,
        Duration verifyTimeout,
        Backoff backoff) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration VERIFY_TIMEOUT = Duration.ofSeconds(10);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 0.5);

    public ClusterAccess {
        coordinators = List.copyOf(coordinators);
        if (coordinators.isEmpty()) {
            throw new IllegalArgumentException("coordinators: none (expected: at least one)");
        }
        coordinators.forEach(Address::parse);
        positive("connectTimeout", connectTimeout);
        positive("verifyTimeout", verifyTimeout);
    }

    /** Access with 3 s to connect, 10 s to verify, and waits of 100 ms to 5 s. */
    public static ClusterAccess of(List<String> coordinators, ClusterSecret secret) {
        return new ClusterAccess(coordinators, secret, Optional.empty(), CONNECT_TIMEOUT, VERIFY_TIMEOUT, BACKOFF);
    }

    /** The same with TLS. */
    public ClusterAccess withTls(ClientTls tls) {
        return new ClusterAccess(coordinators, secret, Optional.of(tls), connectTimeout, verifyTimeout, backoff);
    }

    /** The same with these limits. */
    public ClusterAccess withTimeouts(Duration connectTimeout, Duration verifyTimeout) {
        return new ClusterAccess(coordinators, secret, tls, connectTimeout, verifyTimeout, backoff);
    }

    /** The same with these waits. */
    public ClusterAccess withBackoff(Backoff backoff) {
        return new ClusterAccess(coordinators, secret, tls, connectTimeout, verifyTimeout, backoff);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0)");
        }
    }
}
