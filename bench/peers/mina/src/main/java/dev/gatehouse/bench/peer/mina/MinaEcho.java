package dev.gatehouse.bench.peer.mina;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolCodecFilter;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;

/** An echo on Apache MINA with a codec filter, on one processor thread. */
public final class MinaEcho {
    private MinaEcho() {}

    /** Listens on a free port, and prints it. Argument: {@code length} or {@code lines}. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) throws IOException {
        NioSocketAcceptor acceptor = new NioSocketAcceptor(1);
        acceptor.setBacklog(4096);
        acceptor.getSessionConfig().setTcpNoDelay(true);
        acceptor.getFilterChain()
                .addLast(
                        "codec",
                        arguments[0].equals("lines")
                                ? new ProtocolCodecFilter(new LineCodec.Encoder(), new LineCodec.Decoder())
                                : new ProtocolCodecFilter(new LengthCodec.Encoder(), new LengthCodec.Decoder()));
        acceptor.setHandler(new IoHandlerAdapter() {
            @Override
            public void messageReceived(IoSession session, Object message) {
                session.write(message);
            }
        });
        acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        System.out.println("ready " + acceptor.getLocalAddress().getPort());
    }
}
