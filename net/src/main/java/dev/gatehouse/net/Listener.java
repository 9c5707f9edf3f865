package dev.gatehouse.net;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * An address that a server listens on, and what stands under the framing there.
 *
 * @param address port 0 for a free one
 * @param tls TLS, if there is any
 */
public record Listener(InetSocketAddress address, Optional<SslContext> tls) {
    /** A listener for plain TCP on {@code HOST:PORT}. */
    public static Listener on(String address) {
        return new Listener(Address.parse(address), Optional.empty());
    }

    /** The same address with TLS. */
    public Listener withTls(SslContext context) {
        return new Listener(address, Optional.of(context));
    }
}
