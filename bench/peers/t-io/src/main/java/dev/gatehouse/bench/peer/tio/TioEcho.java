package dev.gatehouse.bench.peer.tio;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.tio.server.DefaultTioServerListener;
import org.tio.server.TioServer;
import org.tio.server.TioServerConfig;

/** An echo on t-io, with the threads that it has by itself. */
public final class TioEcho {
    private TioEcho() {}

    /** Listens on a free port, and prints it. Argument: {@code length} or {@code lines}. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) throws IOException {
        EchoHandler handler = arguments[0].equals("lines") ? new LineHandler() : new LengthHandler();
        TioServerConfig config = new TioServerConfig("echo", handler, new DefaultTioServerListener());
        config.setHeartbeatTimeout(0);
        TioServer server = new TioServer(config);
        // It would ask a host of its makers.
        server.setCheckLastVersion(false);
        server.start("127.0.0.1", 0);
        InetSocketAddress address =
                (InetSocketAddress) server.getServerSocketChannel().getLocalAddress();
        System.out.println("ready " + address.getPort());
    }
}
