package dev.gatehouse.bench.peer.grpc;

import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/** One event loop, and its channels. */
record Loop(MultiThreadIoEventLoopGroup group, Class<? extends ServerChannel> server, Class<? extends Channel> client) {

    /** On io_uring where that works, else on epoll. */
    static Loop best() {
        return IoUring.isAvailable()
                ? new Loop(
                        new MultiThreadIoEventLoopGroup(1, IoUringIoHandler.newFactory()),
                        IoUringServerSocketChannel.class,
                        IoUringSocketChannel.class)
                : new Loop(
                        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()),
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class);
    }
}
