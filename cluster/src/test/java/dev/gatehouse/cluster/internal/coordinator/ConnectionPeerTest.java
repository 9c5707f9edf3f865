package dev.gatehouse.cluster.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectionPeerTest {
    private static final int RINGS = 60;
    private static final int RING_BYTES = 1 << 20;
    private static final int SOCKET_BYTES = 16 << 10;

    /** Tells its peer to whoever waits for it. */
    private static final class Handler implements ConnectionHandler {
        private final CompletableFuture<Connection> connection;
        private final ConnectionPeer peer;

        Handler(Connection connection, CompletableFuture<Connection> opened) {
            peer = new ConnectionPeer(connection);
            this.connection = opened;
        }

        @Override
        public void opened(Connection opened) {
            opened.attach(peer);
            connection.complete(opened);
        }

        @Override
        public void message(Connection connection, ByteBuf payload) {}

        @Override
        public void writable(Connection connection) {
            peer.roomAgain();
        }
    }

    /** A ring is big, and its first byte its number. */
    private static byte[] ring(int number) {
        byte[] bytes = new byte[RING_BYTES];
        bytes[0] = (byte) number;
        return bytes;
    }

    @Test
    void holdsOnlyTheNewestRingForASlowReader() throws Exception {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        try (EventLoops loops = EventLoops.builder().threads(1).build();
                Server server = Server.builder("127.0.0.1:0", Framing.lengthPrefixed(4, RING_BYTES))
                        .handlers(connection -> new Handler(connection, opened))
                        .options(ConnectionOptions.builder()
                                .sendBufferBytes(SOCKET_BYTES)
                                .build())
                        .eventLoops(loops)
                        .start();
                Socket reader = new Socket()) {
            reader.setReceiveBufferSize(SOCKET_BYTES);
            reader.connect(server.localAddress());
            Connection connection = opened.join();
            ConnectionPeer peer = connection.attachment(ConnectionPeer.class).orElseThrow();
            connection
                    .eventLoop()
                    .submit(() -> {
                        for (int number = 1; number <= RINGS; number++) {
                            peer.publish(ring(number));
                        }
                    })
                    .sync();
            await().until(() ->
                    connection.eventLoop().submit(() -> !connection.writable()).get());
            connection.eventLoop().submit(() -> peer.publish(ring(RINGS + 1))).sync();
            DataInputStream in = new DataInputStream(reader.getInputStream());
            int received = 0;
            int last = 0;
            while (last != RINGS + 1) {
                last = Unpooled.wrappedBuffer(in.readNBytes(in.readInt())).getByte(0);
                received++;
            }
            assertThat(received).isLessThan(4);
        }
    }
}
