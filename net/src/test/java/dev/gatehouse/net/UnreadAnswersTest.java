package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that sends and sends, and doesn't read the answers of a handler that doesn't look at the result of its sends. */
class UnreadAnswersTest {
    /** Far more than watermarks and the kernel's buffers hold. */
    private static final long FAR_TOO_MUCH_BYTES = 256L << 20;

    private static final long STUCK_MILLIS = 1_000;

    @ParameterizedTest
    @EnumSource(Transport.class)
    @Timeout(60)
    void areNotKeptWithoutBound(Transport transport) throws IOException {
        try (EventLoops loops =
                        EventLoops.builder().transport(transport).threads(1).build();
                Server server = Server.builder("127.0.0.1:0", Framing.lengthPrefixed(2, 65_535))
                        .eventLoops(loops)
                        .handler((connection, message) -> connection.send(message))
                        .start();
                SocketChannel peer = SocketChannel.open(server.localAddress());
                Selector selector = Selector.open()) {
            peer.configureBlocking(false);
            SelectionKey key = peer.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer frame = ByteBuffer.allocate(2 + 1000).putShort((short) 1000);

            long sent = 0;
            frame.position(frame.capacity());
            while (sent < FAR_TOO_MUCH_BYTES && selector.select(STUCK_MILLIS) > 0) {
                selector.selectedKeys().clear();
                if (!frame.hasRemaining()) {
                    frame.rewind();
                }
                sent += peer.write(frame);
            }
            assertThat(sent).isLessThan(FAR_TOO_MUCH_BYTES);

            // Once it reads, the rest is taken, and every answer comes.
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            ByteBuffer answers = ByteBuffer.allocate(1 << 16);
            long received = 0;
            while (frame.hasRemaining() || received < sent) {
                selector.select(STUCK_MILLIS);
                selector.selectedKeys().clear();
                sent += peer.write(frame);
                received += peer.read(answers.clear());
                if (!frame.hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            }
            assertThat(received).isEqualTo(sent);
        }
    }
}
