package dev.gatehouse.net;

import dev.gatehouse.net.tls.HandshakeFailure;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/** A client can't connect; the message is one sentence that says where and why. */
public final class ConnectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectException(InetSocketAddress address, Throwable cause) {
        super("can't connect to " + Address.format(address) + ": " + why(address, cause), cause);
    }

    private static String why(InetSocketAddress address, Throwable cause) {
        if (address.isUnresolved()) {
            return "unknown host " + address.getHostString();
        } else if (cause instanceof io.netty.channel.ConnectTimeoutException) {
            return "no answer in time";
        } else if (cause instanceof SSLException) {
            return "the TLS handshake failed: " + HandshakeFailure.seenByClient(cause);
        } else if (cause instanceof ClosedChannelException) {
            return "the connection ended before it was open";
        }
        String text = String.valueOf(cause.getMessage());
        return text.contains("refused") ? "nobody listens there" : text;
    }
}
