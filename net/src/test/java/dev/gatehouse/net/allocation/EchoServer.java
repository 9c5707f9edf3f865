package dev.gatehouse.net.allocation;

import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.Transport;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An echo of messages of 64 bytes; its arguments are a transport, a {@link Layout} and a {@link Style}. */
final class EchoServer implements MeasuredServer {
    private static final int PAYLOAD_BYTES = 64;

    private Layout layout = Layout.LENGTH_PREFIXED;
    private Style style = Style.CALLBACKS;

    /** How messages lie on the wire. */
    enum Layout {
        LENGTH_PREFIXED,
        LINES;

        Framing framing() {
            return this == LINES ? Framing.lines(1024) : Framing.lengthPrefixed(2, 1024);
        }

        byte[] frame() {
            byte[] frame = new byte[this == LINES ? PAYLOAD_BYTES + 1 : 2 + PAYLOAD_BYTES];
            Arrays.fill(frame, (byte) 'm');
            if (this == LINES) {
                frame[PAYLOAD_BYTES] = '\n';
            } else {
                frame[0] = 0;
                frame[1] = PAYLOAD_BYTES;
            }
            return frame;
        }
    }

    /** How the handler is written. */
    enum Style {
        CALLBACKS,
        BLOCKING
    }

    @Override
    public InetSocketAddress start(List<String> arguments) {
        Transport transport = Transport.valueOf(arguments.get(0));
        layout = Layout.valueOf(arguments.get(1));
        style = Style.valueOf(arguments.get(2));
        Server.Builder server = Server.builder("127.0.0.1:0", layout.framing())
                .eventLoops(EventLoops.builder().threads(1).transport(transport).build());
        if (style == Style.CALLBACKS) {
            server.handler((connection, message) -> connection.send(message));
        } else {
            server.blockingHandler(connection -> {
                Optional<byte[]> message = connection.receive();
                while (message.isPresent()) {
                    connection.send(message.get());
                    message = connection.receive();
                }
            });
        }
        return server.start().localAddress();
    }

    @Override
    public MeasuredClient connect(InetSocketAddress address, int number) throws Exception {
        return new EchoClient(new Socket(address.getAddress(), address.getPort()), layout.frame());
    }

    /** In the blocking style, virtual threads allocate on the threads that carry them. */
    @Override
    public boolean counts(String threadName) {
        return MeasuredServer.super.counts(threadName)
                || (style == Style.BLOCKING && threadName.startsWith("ForkJoinPool"));
    }
}
