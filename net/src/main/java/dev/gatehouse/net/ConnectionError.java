package dev.gatehouse.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Something that went wrong on one connection.
 *
 * @param connectionId the number of the connection; 0 if it was refused before it got one
 * @param remoteAddress the peer
 * @param closeReason why the connection ends; empty if it goes on ({@link Connection#report})
 * @param message one sentence, without payload
 * @param cause what was thrown, if something was
 */
public record ConnectionError(
        long connectionId,
        InetSocketAddress remoteAddress,
        Optional<CloseReason> closeReason,
        String message,
        Optional<Throwable> cause) {}
