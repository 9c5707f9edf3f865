package dev.gatehouse.load;

import dev.gatehouse.net.tls.ClientTls;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Makes the wires of a thread's connections. */
final class Wires {
    private static final int RECORDS_BYTES = 64 << 10;

    private final Optional<ClientTls> tls;
    private final String host;
    private final int port;
    private final ByteBuffer records;

    Wires(LoadConfig config) {
        tls = config.tls();
        host = config.address().getHostString();
        port = config.address().getPort();
        records = ByteBuffer.allocateDirect(tls.isPresent() ? RECORDS_BYTES : 0);
    }

    /** The wire of a new connection. */
    Wire open(SocketChannel channel) {
        if (tls.isEmpty()) {
            return new PlainWire(channel);
        }
        var handler = tls.get().newHandler(UnpooledByteBufAllocator.DEFAULT, host, port);
        return new TlsWire(channel, handler.engine(), records);
    }
}
