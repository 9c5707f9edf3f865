package dev.gatehouse.etcd.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for processes that must be told theirs before they listen, or that listen there again. */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int OF_EACH_JVM = 50;
    private static final int JVMS = 400;

    private static final AtomicInteger NEXT = new AtomicInteger(
            FIRST + OF_EACH_JVM * (int) (ProcessHandle.current().pid() % JVMS));

    private Ports() {}

    /**
     * A port of the loopback that was free just now. It is below those that the kernel gives to whoever asks for any,
     * so that nobody else has it by chance when it is needed.
     */
    public static int free() {
        while (true) {
            int port = NEXT.getAndIncrement();
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody listens there: the next one.
            }
        }
    }
}
