package dev.gatehouse.backend.internal;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** How a node reaches its sockets: epoll where the system has it, else NIO. */
record Transport(String name, IoHandlerFactory handlers, Class<? extends ServerChannel> serverChannel) {

    static Transport pick() {
        return Epoll.isAvailable()
                ? new Transport("epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
                : new Transport("NIO", NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    /** Event loops whose threads don't keep the process alive. */
    MultiThreadIoEventLoopGroup group(String service, int eventLoops) {
        return new MultiThreadIoEventLoopGroup(
                eventLoops, new DefaultThreadFactory("service-" + service, true), handlers);
    }
}
