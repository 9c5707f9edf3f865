package dev.gatehouse.bench;

import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The rival: a plain Netty echo of length-prefixed frames, with its usual decoder, one buffer a reply (no copy) and one flush a read. */
final class NettyEcho {
    private NettyEcho() {}

    /** Listens on a free port, on one event loop, and prints the port. */
    static void run(Transport transport) {
        var io = switch (transport) {
            case IO_URING -> IoUringIoHandler.newFactory();
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
        var server = switch (transport) {
            case IO_URING -> IoUringServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
        Channel channel = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, io))
                .channel(server)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        child.pipeline()
                                // With its length before it, the frame that came is the one buffer of the reply.
                                .addLast(new LengthFieldBasedFrameDecoder(65_537, 0, 2, 0, 0))
                                .addLast(new Echo());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        Programs.ready(((InetSocketAddress) channel.localAddress()).getPort());
    }

    /** Event loops of one thread on a transport, for our own programs. */
    static EventLoops oneLoop(Transport transport) {
        return EventLoops.builder().threads(1).transport(transport).build();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.write((ByteBuf) message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }
}
