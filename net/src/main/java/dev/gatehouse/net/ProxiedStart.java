package dev.gatehouse.net;

import dev.gatehouse.net.proxy.ProxyHeaderListener;
import dev.gatehouse.net.tls.ServerTls;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Goes on with a connection once its PROXY header is there: only then its address, and whether it may stay, are known. */
final class ProxiedStart implements ProxyHeaderListener {
    private final FramedConnection connection;
    private final ChannelEvents events;
    private final ConnectionPlace place;
    private final Optional<ServerTls> tls;

    ProxiedStart(FramedConnection connection, ChannelEvents events, ConnectionPlace place, Optional<ServerTls> tls) {
        this.connection = connection;
        this.events = events;
        this.place = place;
        this.tls = tls;
    }

    @Override
    public void header(Optional<InetSocketAddress> source) {
        source.ifPresent(connection::proxied);
        if (place.take(connection.remoteAddress())) {
            events.proxyHeaderDone(tls);
        } else {
            connection.close(CloseReason.ADDRESS_LIMIT);
        }
    }

    @Override
    public void noHeader(String why) {
        connection.broken(CloseReason.PROXY_HEADER_ERROR, why, null);
    }
}
