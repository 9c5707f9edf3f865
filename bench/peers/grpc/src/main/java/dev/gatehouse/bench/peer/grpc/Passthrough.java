package dev.gatehouse.bench.peer.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What a gateway with a stream a client costs at the least: forwards each length-prefixed frame over grpc-java, and each answer back,
 * all on one event loop. No session, no limit, no back-pressure.
 */
public final class Passthrough {
    private Passthrough() {}

    /** Listens on a free port, and prints it. Arguments: {@code length}, the port of {@link EchoService}. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) {
        Loop loop = Loop.best();
        ManagedChannel service = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])))
                .eventLoopGroup(loop.group())
                .channelType(loop.client())
                .directExecutor()
                .usePlaintext()
                .build();
        Channel channel = new ServerBootstrap()
                .group(loop.group())
                .channel(loop.server())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        child.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(65_537, 0, 2, 0, 2))
                                .addLast(new Forwarder(service));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        System.out.println("ready " + ((InetSocketAddress) channel.localAddress()).getPort());
    }
}
