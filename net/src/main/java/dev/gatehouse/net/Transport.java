package dev.gatehouse.net;

import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/** How the process talks to the kernel's sockets. */
public enum Transport {
    /** Linux, io_uring: the fewest system calls. */
    IO_URING,
    /** Linux, epoll. */
    EPOLL,
    /** The JDK's selectors: everywhere. */
    NIO;

    /** The best one that works on this machine, in the order of the constants. */
    public static Transport best() {
        for (Transport transport : values()) {
            if (transport.available()) {
                return transport;
            }
        }
        return NIO;
    }

    /** Whether it works on this machine. */
    public boolean available() {
        return switch (this) {
            case IO_URING -> IoUring.isAvailable();
            case EPOLL -> Epoll.isAvailable();
            case NIO -> true;
        };
    }

    IoHandlerFactory ioHandlerFactory() {
        return switch (this) {
            case IO_URING -> RegisteringHandler.factory(IoUringIoHandler.newFactory(), Transport::registerOnIoUring);
            case EPOLL -> EpollIdleRegistration.handlers();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    private static IoRegistration registerOnIoUring(IoHandler handler, IoHandle handle) throws Exception {
        if (handle instanceof Channel.Unsafe unsafe) {
            boolean listens = unsafe.voidPromise().channel() instanceof ServerChannel;
            return listens
                    ? IoUringFailedAccept.register(handler, handle)
                    : IoUringUnreadError.register(handler, handle);
        }
        return handler.register(handle);
    }

    Class<? extends ServerSocketChannel> serverChannel() {
        return switch (this) {
            case IO_URING -> IoUringServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }

    /** The class of this transport's client channels, for libraries on Netty that share our event loops. */
    public Class<? extends SocketChannel> socketChannel() {
        return switch (this) {
            case IO_URING -> IoUringSocketChannel.class;
            case EPOLL -> EpollSocketChannel.class;
            case NIO -> NioSocketChannel.class;
        };
    }
}
