package dev.gatehouse.net.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Hears of a connection's PROXY header, once, on its event loop. May not block. */
public interface ProxyHeaderListener {
    /**
     * The header is there. What this puts into the pipeline behind the handler gets the bytes that follow.
     *
     * @param source the proxy's client; empty if the header names none (the proxy's own health checks, UNKNOWN, UNIX sockets), so
     *     that the connection's real address stays
     */
    void header(Optional<InetSocketAddress> source);

    /**
     * There is no header, or one that makes no sense; the connection must be closed, nothing more is passed on. A peer that
     * sends nothing at all before it closes is not heard of here.
     *
     * @param why a clause for the log, without anything that the peer sent
     */
    void noHeader(String why);
}
