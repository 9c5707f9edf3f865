package dev.gatehouse.net.proxy;

import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies a server trusts to say who their client is, in a header of the PROXY protocol, version 1 or 2. A connection from
 * a trusted network must begin with such a header, before TLS; any other connection is served as what it is. Immutable; any thread.
 *
 * <p>The protocol: <a href="https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt">The PROXY protocol</a>, Willy Tarreau.
 */
public final class ProxyProtocol {
    /** How long a header may be unless one says otherwise: what usual proxies add to it, several times over. */
    public static final int DEFAULT_HEADER_BYTES_MAX = 4096;
    /** A header of version 2 with its fixed part and its longest addresses. */
    private static final int HEADER_BYTES_MAX_LOW = 232;
    /** What the length of version 2 can say. */
    private static final int HEADER_BYTES_MAX_HIGH = 16 + 0xFFFF;

    private final List<String> networks;
    private final List<Network> trusted;
    private final int headerBytesMax;

    private ProxyProtocol(List<String> networks, int headerBytesMax) {
        this.networks = List.copyOf(networks);
        trusted = networks.stream().map(Network::parse).toList();
        this.headerBytesMax = headerBytesMax;
    }

    /**
     * Trusts the proxies of these networks: {@code ADDRESS/BITS} (such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}), or an
     * {@code ADDRESS} alone. Names aren't resolved.
     *
     * @throws IllegalArgumentException if one of them is no network, or there is none
     */
    public static ProxyProtocol trusting(List<String> networks) {
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("trusted networks: none (expected: one or more)");
        }
        return new ProxyProtocol(networks, DEFAULT_HEADER_BYTES_MAX);
    }

    /** As {@link #trusting(List)}. */
    public static ProxyProtocol trusting(String... networks) {
        return trusting(List.of(networks));
    }

    /**
     * The same with another limit: how long a header of version 2 may be, with all that the proxy adds (232..65551 bytes, by
     * default 4096). One of version 1 has at most 108.
     */
    public ProxyProtocol withHeaderBytesMax(int headerBytesMax) {
        if (headerBytesMax < HEADER_BYTES_MAX_LOW || headerBytesMax > HEADER_BYTES_MAX_HIGH) {
            throw new IllegalArgumentException("headerBytesMax: " + headerBytesMax + " (expected: "
                    + HEADER_BYTES_MAX_LOW + ".." + HEADER_BYTES_MAX_HIGH + ")");
        }
        return new ProxyProtocol(networks, headerBytesMax);
    }

    /** Whether a connection from this address must begin with a header. */
    public boolean trusts(InetSocketAddress remote) {
        return trusted.stream().anyMatch(network -> network.contains(remote));
    }

    /**
     * A handler for one connection from a trusted address, to be put first into its pipeline. It takes the header off, tells the
     * listener, leaves the pipeline, and passes on the bytes behind the header. Until then nothing reaches the handlers behind
     * it. It has no deadline of its own.
     */
    public ChannelHandler newHandler(ProxyHeaderListener listener) {
        return new ProxyHeaderHandler(listener, headerBytesMax - HEADER_BYTES_MAX_LOW);
    }

    /** Whether it is one with the same networks, written in the same way, and the same limit. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProxyProtocol same
                && networks.equals(same.networks)
                && headerBytesMax == same.headerBytesMax;
    }

    @Override
    public int hashCode() {
        return Objects.hash(networks, headerBytesMax);
    }

    @Override
    public String toString() {
        return "ProxyProtocol[trusting " + networks + ", headers of at most " + headerBytesMax + " bytes]";
    }
}
