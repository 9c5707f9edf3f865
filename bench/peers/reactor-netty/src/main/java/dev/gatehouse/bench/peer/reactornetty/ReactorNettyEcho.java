package dev.gatehouse.bench.peer.reactornetty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LineBasedFrameDecoder;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** An echo on Reactor Netty, on one event loop and the native transport; the frame that came is the buffer of the reply. */
public final class ReactorNettyEcho {
    private static final int FRAME_BYTES_MAX = 65_537;

    private ReactorNettyEcho() {}

    /** Listens on a free port, and prints it. Argument: {@code length} or {@code lines}. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) {
        boolean lines = arguments[0].equals("lines");
        DisposableServer server = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(LoopResources.create("echo", 1, false))
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .doOnConnection(connection -> connection.addHandlerLast(lines ? lines() : lengths()))
                .handle((in, out) -> out.send(in.receive().retain()))
                .bindNow();
        System.out.println("ready " + server.port());
    }

    private static ChannelHandler lines() {
        return new LineBasedFrameDecoder(FRAME_BYTES_MAX, false, false);
    }

    private static ChannelHandler lengths() {
        return new LengthFieldBasedFrameDecoder(FRAME_BYTES_MAX, 0, 2, 0, 0);
    }
}
