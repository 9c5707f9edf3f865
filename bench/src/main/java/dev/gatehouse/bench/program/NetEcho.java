package dev.gatehouse.bench.program;

import dev.gatehouse.bench.Wire;
import dev.gatehouse.net.BlockingConnection;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.Transport;
import dev.gatehouse.net.tls.ServerTls;
import java.util.Locale;

/** Our echo on {@code net}, in one of the two styles. */
public final class NetEcho {
    private static final int FRAME_BYTES_MAX = 65_535;

    private NetEcho() {}

    /**
     * Arguments: {@code length}, {@code length_tls} or {@code lines}; {@code callbacks} or {@code virtual-threads}; {@code io_uring}, {@code epoll},
     * {@code nio} or {@code best}; how many event loops.
     */
    public static void main(String[] arguments) throws Exception {
        Wire wire = Wire.of(arguments[0]);
        Framing framing = wire == Wire.LINES
                ? Framing.delimited((byte) '\n', FRAME_BYTES_MAX)
                : Framing.lengthPrefixed(2, FRAME_BYTES_MAX);
        Server.Builder builder = Server.builder("127.0.0.1:0", framing).eventLoops(loops(arguments[2], arguments[3]));
        if (wire.tls()) {
            builder.tls(ServerTls.of(Certificate.make()));
        }
        Server server = arguments[1].equals("callbacks")
                ? builder.handler((connection, message) -> connection.send(message))
                        .start()
                : builder.blockingHandler(NetEcho::echo).start();
        Ready.at(server.localAddress());
        Thread.currentThread().join();
    }

    private static void echo(BlockingConnection connection) throws InterruptedException {
        var message = connection.receive();
        while (message.isPresent() && connection.send(message.get())) {
            message = connection.receive();
        }
    }

    /** Event loops, so many, on a transport. */
    static EventLoops loops(String transport, String threads) {
        return EventLoops.builder()
                .threads(Integer.parseInt(threads))
                .transport(
                        transport.equals("best")
                                ? Transport.best()
                                : Transport.valueOf(transport.toUpperCase(Locale.ROOT)))
                .build();
    }
}
