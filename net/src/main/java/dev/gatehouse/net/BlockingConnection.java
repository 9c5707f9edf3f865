package dev.gatehouse.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/** A connection as sequential code sees it. For the handler's own thread, but {@link #close} and {@link #send}: any thread. */
public interface BlockingConnection {
    /** As {@link Connection#id()}. */
    long id();

    /** The peer. */
    InetSocketAddress remoteAddress();

    /**
     * Waits for the next message.
     *
     * @return the message, or empty when no other will come: the peer closed its sending side, the server stops, or the
     *     connection ends
     */
    Optional<byte[]> receive() throws InterruptedException;

    /**
     * Sends one message; waits while there is no room. A message that the framing can't carry closes the connection with
     * {@link CloseReason#HANDLER_ERROR}.
     *
     * @return whether the connection was still there to take it
     */
    boolean send(byte[] message) throws InterruptedException;

    /**
     * Nothing more is received, and the connection closes in order: when the handler has finished its work and returns, if the handler
     * calls it, and else at once.
     */
    void close();

    /** As {@link Connection#report}. Any thread. */
    void report(Throwable error);

    /** The connection below. */
    Connection connection();
}
