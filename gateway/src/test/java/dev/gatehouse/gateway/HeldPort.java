package dev.gatehouse.gateway;

import dev.gatehouse.ring.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port that no other process gets while this is open: nobody listens on it, unless the test does. */
final class HeldPort implements AutoCloseable {
    /** Bound and no more: who connects to it is refused. */
    private final Socket socket = new Socket();

    HeldPort() {
        try {
            // As listeners do, so that it isn't in the way of one.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    Member member(int number) {
        return GatewayFixture.member(number, port());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
