package dev.gatehouse.net;

import dev.gatehouse.net.proxy.ProxyProtocol;
import dev.gatehouse.net.tls.ServerTls;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * An address that a server listens on, and what stands under the framing there.
 *
 * @param address port 0 for a free one
 * @param tls TLS, if there is any
 * @param proxyProtocol the proxies that say who their clients are, if there are any; their headers stand before TLS
 */
public record Listener(InetSocketAddress address, Optional<ServerTls> tls, Optional<ProxyProtocol> proxyProtocol) {
    /** A listener for plain TCP on {@code HOST:PORT}. */
    public static Listener on(String address) {
        return new Listener(Address.parse(address), Optional.empty(), Optional.empty());
    }

    /** The same address with TLS. */
    public Listener withTls(ServerTls tls) {
        return new Listener(address, Optional.of(tls), proxyProtocol);
    }

    /** The same address with TLS as the context of Netty's says. */
    public Listener withTls(SslContext context) {
        return withTls(ServerTls.of(context));
    }

    /** The same address, with proxies before it. */
    public Listener withProxyProtocol(ProxyProtocol proxies) {
        return new Listener(address, tls, Optional.of(proxies));
    }
}
