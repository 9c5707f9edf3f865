package dev.gatehouse.net;

import java.net.InetSocketAddress;

/** A server has given up, because a listener failed to accept too often; the message is one sentence. */
public final class AcceptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AcceptException(InetSocketAddress listener, int failures, Throwable last) {
        super(
                Address.format(listener) + " gives up after " + failures + " failures to accept, the last: "
                        + last.getMessage(),
                last);
    }
}
