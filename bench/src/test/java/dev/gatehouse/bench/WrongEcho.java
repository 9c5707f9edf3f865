package dev.gatehouse.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** An echo that changes what it gives back. */
final class WrongEcho {
    private WrongEcho() {}

    public static void main(String[] arguments) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println("ready " + listener.getLocalPort());
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            for (int got = in.read(buffer); got > 0; got = in.read(buffer)) {
                buffer[got - 1] ^= 1;
                socket.getOutputStream().write(buffer, 0, got);
            }
        } catch (IOException e) {
            // The load has gone.
        }
    }
}
