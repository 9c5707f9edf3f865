package dev.gatehouse.load;

import dev.gatehouse.net.Address;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.concurrent.atomic.AtomicInteger;

/** Echo servers: one that is right, and others that are wrong in ways of their own. */
final class EchoServers {
    /** What a server does with a message; they are numbered from 0 on each connection. */
    interface Echo {
        void message(Connection connection, byte[] payload, int number);
    }

    private EchoServers() {}

    static Server right(Framing framing) {
        return start(framing, (connection, message) -> connection.send(message));
    }

    static Server wrong(Echo echo) {
        return start(Framing.lengthPrefixed(2, 65_535), new Numbering(echo));
    }

    static Server start(Framing framing, ConnectionHandler handler) {
        return Server.builder("127.0.0.1:0", framing)
                .eventLoops(EventLoops.builder().threads(1).build())
                .handler(handler)
                .start();
    }

    static String address(Server server) {
        return Address.format(server.localAddress());
    }

    private record Numbering(Echo echo) implements ConnectionHandler {
        @Override
        public void opened(Connection connection) {
            connection.attach(new AtomicInteger());
        }

        @Override
        public void message(Connection connection, ByteBuf payload) {
            int number =
                    connection.attachment(AtomicInteger.class).orElseThrow().getAndIncrement();
            echo.message(connection, ByteBufUtil.getBytes(payload), number);
        }
    }
}
