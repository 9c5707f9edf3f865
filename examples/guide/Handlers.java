package guide;

import dev.gatehouse.net.BlockingConnection;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.message.BlockingMessageConnection;
import dev.gatehouse.net.message.Codec;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Ways to handle what comes. */
final class Handlers {
    private Handlers() {}

    /** Numbers the lines of one connection. */
    static final class LineNumbers implements ConnectionHandler {
        private int lines;

        @Override
        public void opened(Connection connection) {
            connection.send("welcome".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void message(Connection connection, ByteBuf line) {
            ByteBuf out = connection.beginMessage();
            out.writeCharSequence(++lines + " ", StandardCharsets.UTF_8);
            out.writeBytes(line);
            connection.endMessage();
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
            System.out.println(connection.remoteAddress() + " sent " + lines + " lines: " + reason);
        }
    }

    static Server lineNumbers(String address) {
        return Server.builder(address, Framing.lines(1024))
                .handlers(connection -> new LineNumbers())
                .start();
    }

    static Server oneByOne(String address) {
        return Server.builder(address, Framing.lines(1024))
                .blockingHandler(Handlers::serve)
                .start();
    }

    private static void serve(BlockingConnection connection) throws InterruptedException {
        Optional<byte[]> line = connection.receive();
        while (line.isPresent() && connection.send(line.get())) {
            line = connection.receive();
        }
    }

    static Server greeter(String address) {
        return Server.builder(address, Framing.lines(1024))
                .blockingHandler(Codec.text().blockingHandler(Handlers::greet))
                .start();
    }

    private static void greet(BlockingMessageConnection<String, String> connection) throws InterruptedException {
        connection.send("Your name?");
        Optional<String> name = connection.receive();
        if (name.isPresent()) {
            connection.send("Hello, " + name.get());
        }
    }

    /** A line names the version; from then on messages stand behind their length. */
    static Server upgrades(String address) {
        return Server.builder(address, Framing.lines(100))
                .handlers(connection -> new ConnectionHandler() {
                    private boolean upgraded;

                    @Override
                    public void message(Connection connection, ByteBuf message) {
                        connection.send(message);
                        if (!upgraded) {
                            upgraded = true;
                            connection.framing(Framing.lengthPrefixed(2, 65_535));
                        }
                    }
                })
                .start();
    }
}
