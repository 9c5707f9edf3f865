package dev.gatehouse.bench.peer.smartsocket;

import java.io.IOException;
import java.net.ServerSocket;
import org.smartboot.socket.Protocol;
import org.smartboot.socket.buffer.BufferPagePool;
import org.smartboot.socket.transport.AioQuickServer;

/** An echo on smart-socket, with as many threads as it takes by itself. */
public final class SmartSocketEcho {
    /** A frame has to fit into a connection's buffer. */
    private static final int BUFFER_BYTES = 65_538;
    /** By default replies are written in pieces of 128 bytes; its makers measure it with more, too. */
    private static final int CHUNK_BYTES = 16 << 10;

    private static final int CHUNKS_MAX = 64;

    private SmartSocketEcho() {}

    /** Listens on a free port, and prints it. Argument: {@code length} or {@code lines}. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) throws IOException {
        boolean lines = arguments[0].equals("lines");
        Protocol<byte[]> protocol = lines ? new LineProtocol() : new LengthProtocol();
        int port = freePort();
        new AioQuickServer("127.0.0.1", port, protocol, new Echo(lines))
                .setBannerEnabled(false)
                .setBacklog(4096)
                .setReadBufferSize(BUFFER_BYTES)
                .setBufferPagePool(new BufferPagePool(1, true))
                .setWriteBuffer(CHUNK_BYTES, CHUNKS_MAX)
                .start();
        System.out.println("ready " + port);
    }

    /** The server doesn't say which port it got. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
