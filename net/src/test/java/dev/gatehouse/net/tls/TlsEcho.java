package dev.gatehouse.net.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server, on real sockets, that gives back what it gets, and keeps what becomes of handshakes. */
final class TlsEcho implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

    TlsEcho(ServerTls tls) {
        this(channel -> tls.newHandler(channel.alloc()));
    }

    TlsEcho(Function<Channel, SslHandler> tls) {
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.apply(channel), new Echo(failures));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** A plain connection. */
    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port());
    }

    /** Why the next handshake that failed did. */
    Throwable failure() throws InterruptedException {
        return polled(failures);
    }

    /** Connects a client that only shakes hands, and waits for why that fails, now or (in TLS 1.3) a little later. */
    Throwable failureOf(Function<Channel, SslHandler> client) throws InterruptedException {
        BlockingQueue<Throwable> seen = new LinkedBlockingQueue<>();
        Channel channel = connect(client, seen);
        try {
            return polled(seen);
        } finally {
            channel.close().syncUninterruptibly();
        }
    }

    /** Connects a client, which has its handshake before it. */
    SslHandler handshake(Function<Channel, SslHandler> client) {
        return connect(client, new LinkedBlockingQueue<>()).pipeline().get(SslHandler.class);
    }

    private Channel connect(Function<Channel, SslHandler> client, BlockingQueue<Throwable> seen) {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline().addLast(client.apply(made), new Echo(seen));
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port())
                .syncUninterruptibly()
                .channel();
    }

    private static Throwable polled(BlockingQueue<Throwable> failures) throws InterruptedException {
        Throwable failure = failures.poll(60, TimeUnit.SECONDS);
        return failure == null ? new AssertionError("no handshake failed") : failure;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<Throwable> failures;
        private boolean failed;

        Echo(BlockingQueue<Throwable> failures) {
            this.failures = failures;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object read) {
            ctx.writeAndFlush(read);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
                failed(ctx, handshake.cause());
            } else if (event instanceof SslCloseCompletionEvent) {
                ctx.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failed(ctx, cause);
        }

        private void failed(ChannelHandlerContext ctx, Throwable cause) {
            if (!failed) {
                failed = true;
                failures.add(cause);
            }
            ctx.close();
        }
    }
}
