package dev.gatehouse.bench.peer.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An echo on Netty. */
public final class NettyEcho {
    private NettyEcho() {}

    /**
     * Listens on a free port, and prints it. Arguments: {@code length} or {@code lines}, {@code usual} or {@code lean}, {@code
     * io_uring} or {@code epoll}, how many event loops.
     */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) {
        Pipeline pipeline = Pipeline.of(arguments[0], arguments[1]);
        boolean ring = arguments[2].equals("io_uring");
        IoHandlerFactory io = ring ? IoUringIoHandler.newFactory() : EpollIoHandler.newFactory();
        Class<? extends ServerChannel> server =
                ring ? IoUringServerSocketChannel.class : EpollServerSocketChannel.class;
        Channel channel = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(Integer.parseInt(arguments[3]), io))
                .channel(server)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        pipeline.addTo(child.pipeline());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        System.out.println("ready " + ((InetSocketAddress) channel.localAddress()).getPort());
    }
}
