package dev.gatehouse.bench.peer.jdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Blocking sockets of the JDK, a virtual thread each: takes out each message that has come, and answers all of them by one write. */
public final class VirtualThreads {
    private static final int BUFFER_BYTES = 8 << 10;

    private final Frames frames;

    private VirtualThreads(Frames frames) {
        this.frames = frames;
    }

    /** Listens on a free port, and prints it. Argument: {@code length} or {@code lines}. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) throws IOException {
        VirtualThreads server = new VirtualThreads(Frames.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        ServerSocket listener = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
        System.out.println("ready " + listener.getLocalPort());
        while (true) {
            Socket socket = listener.accept();
            Thread.ofVirtual().start(() -> server.serve(socket));
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            ByteArrayOutputStream replies = new ByteArrayOutputStream(BUFFER_BYTES);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            for (int got = in.read(buffer.array()); got >= 0; ) {
                int limit = buffer.position() + got;
                int next = echo(buffer, limit, replies);
                replies.writeTo(out);
                replies.reset();
                buffer.limit(limit).position(next).compact();
                if (!buffer.hasRemaining()) {
                    buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer.flip());
                }
                got = in.read(buffer.array(), buffer.position(), buffer.remaining());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers each whole message, as a program would: takes it out, then writes it framed. Returns where the rest begins. */
    private int echo(ByteBuffer buffer, int limit, ByteArrayOutputStream replies) {
        int at = 0;
        for (int end = frames.end(buffer, at, limit); end >= 0; end = frames.end(buffer, at, limit)) {
            frames.write(frames.payload(buffer, at, end), replies);
            at = end;
        }
        return at;
    }
}
