package dev.gatehouse.net.tls;

import io.netty.handler.ssl.ClientAuth;

/** Whether a server asks its clients for certificates. */
public enum ClientCertificates {
    /** It doesn't ask. */
    NONE(ClientAuth.NONE),
    /** A client may show one, which must be good then. */
    OPTIONAL(ClientAuth.OPTIONAL),
    /** A client without a good one is refused. */
    REQUIRED(ClientAuth.REQUIRE);

    private final ClientAuth netty;

    ClientCertificates(ClientAuth netty) {
        this.netty = netty;
    }

    ClientAuth netty() {
        return netty;
    }
}
