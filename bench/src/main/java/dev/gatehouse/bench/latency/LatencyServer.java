package dev.gatehouse.bench.latency;

import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.Transport;

/** An echo of frames behind a length of 2 bytes, on one event loop, to be recorded: ours, or a plain Netty's. */
public final class LatencyServer {
    private static final int FRAME_BYTES_MAX = 65_535;

    private LatencyServer() {}

    /** Arguments: {@code net} or {@code netty}. Prints the port. */
    public static void main(String[] arguments) throws InterruptedException {
        EventLoops loops =
                EventLoops.builder().threads(1).transport(Transport.best()).build();
        TurnProbe.start(loops.get(0));
        int port = switch (arguments[0]) {
            case "net" -> net(loops);
            case "netty" -> NettyEchoServer.start(loops);
            default -> throw new IllegalArgumentException("server: " + arguments[0] + " (expected: net or netty)");
        };
        ready(port);
        Thread.currentThread().join();
    }

    private static int net(EventLoops loops) {
        return Server.builder("127.0.0.1:0", Framing.lengthPrefixed(2, FRAME_BYTES_MAX))
                .eventLoops(loops)
                .handler((connection, message) -> connection.send(message))
                .start()
                .localAddress()
                .getPort();
    }

    @SuppressWarnings("SystemOut") // The line is what the script waits for.
    private static void ready(int port) {
        System.out.println("ready " + port);
    }
}
