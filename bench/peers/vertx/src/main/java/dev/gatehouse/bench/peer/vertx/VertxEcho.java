package dev.gatehouse.bench.peer.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;

/** An echo on Vert.x with its record parser, on one event loop and the native transport. */
public final class VertxEcho {
    private VertxEcho() {}

    /** Listens on a free port, and prints it. Argument: {@code length} or {@code lines}. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) {
        boolean lines = arguments[0].equals("lines");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true).setAcceptBacklog(4096))
                .connectHandler(socket -> socket.handler(lines ? lines(socket) : new LengthParser(socket)))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println("ready " + server.actualPort()))
                .onFailure(Throwable::printStackTrace);
    }

    private static RecordParser lines(NetSocket socket) {
        return RecordParser.newDelimited(
                "\n",
                line -> socket.write(
                        Buffer.buffer(line.length() + 1).appendBuffer(line).appendByte((byte) '\n')));
    }
}
