package dev.gatehouse.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/** The rival of the blocking style: blocking sockets of the JDK, a virtual thread each, all that has come answered by one write. */
final class JdkEcho {
    private static final int BUFFER_BYTES = 128 << 10;

    private JdkEcho() {}

    /** Listens on a free port, and prints it. */
    static void run() {
        try {
            ServerSocket listener = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> accept(listener));
            Programs.ready(listener.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void accept(ServerSocket listener) {
        while (true) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            ByteArrayOutputStream replies = new ByteArrayOutputStream(BUFFER_BYTES);
            int kept = 0;
            int got = in.read(buffer);
            while (got >= 0) {
                int end = kept + got;
                int next = echo(buffer, end, replies);
                replies.writeTo(out);
                replies.reset();
                kept = end - next;
                System.arraycopy(buffer, next, buffer, 0, kept);
                got = in.read(buffer, kept, BUFFER_BYTES - kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers each whole message, as a program would: takes it out, then writes it with its length. Returns where the rest begins. */
    private static int echo(byte[] buffer, int end, ByteArrayOutputStream replies) {
        int at = 0;
        while (end - at >= 2) {
            int length = Byte.toUnsignedInt(buffer[at]) << 8 | Byte.toUnsignedInt(buffer[at + 1]);
            if (end - at - 2 < length) {
                break;
            }
            byte[] message = Arrays.copyOfRange(buffer, at + 2, at + 2 + length);
            replies.write(length >> 8);
            replies.write(length);
            replies.write(message, 0, length);
            at += 2 + length;
        }
        return at;
    }
}
