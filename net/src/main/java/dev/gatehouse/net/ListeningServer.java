package dev.gatehouse.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A {@link Server} and its listening channel. */
final class ListeningServer implements Server {
    private final Server.Builder settings;
    private final EventLoops eventLoops;
    private final boolean ownsLoops;
    private final List<Traffic> traffic;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<FramedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Channel listener;
    private volatile boolean stopping;

    private ListeningServer(Server.Builder settings, EventLoops eventLoops, boolean ownsLoops) {
        this.settings = settings;
        this.eventLoops = eventLoops;
        this.ownsLoops = ownsLoops;
        traffic = IntStream.range(0, eventLoops.size())
                .mapToObj(i -> new Traffic())
                .toList();
        listener = listen();
    }

    static Server start(Server.Builder settings) {
        EventLoops loops = settings.eventLoops.orElseGet(EventLoops::create);
        boolean owns = settings.eventLoops.isEmpty();
        try {
            return new ListeningServer(settings, loops, owns);
        } catch (ListenException e) {
            if (owns) {
                loops.close();
            }
            throw e;
        }
    }

    private Channel listen() {
        ConnectionOptions options = settings.options;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(eventLoops.group())
                .channel(eventLoops.transport().serverChannel())
                .option(ChannelOption.SO_BACKLOG, settings.backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(options.lowWatermarkBytes(), options.highWatermarkBytes()))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                });
        if (options.receiveBufferBytes() > 0) {
            // On the listener, so that the kernel knows it before the window is negotiated.
            bootstrap.option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (options.sendBufferBytes() > 0) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, options.sendBufferBytes());
        }
        ChannelFuture bound = bootstrap.bind(settings.address).awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            throw new ListenException(settings.address, cause);
        }
        return bound.channel();
    }

    /** On the new connection's event loop. */
    private void accept(SocketChannel channel) {
        Loop loop = eventLoops.of(channel.eventLoop());
        Traffic counters = traffic.get(loop.index());
        InetSocketAddress remote = channel.remoteAddress();
        if (stopping || remote == null || open.incrementAndGet() > settings.connectionsMax) {
            refuse(channel, counters, remote != null && !stopping);
            return;
        }
        FramedConnection connection = new FramedConnection(
                channel, remote, loop, counters, settings.options, settings.framing, settings.handlers);
        connections.add(connection);
        channel.closeFuture().addListener(closed -> {
            connections.remove(connection);
            open.decrementAndGet();
        });
        settings.tls.ifPresent(tls -> channel.pipeline().addLast(tls.newHandler(channel.alloc())));
        channel.pipeline().addLast(connection);
    }

    /** A peer that is gone already has no address. */
    private void refuse(SocketChannel channel, Traffic counters, boolean full) {
        if (full) {
            open.decrementAndGet();
            counters.refused++;
        }
        channel.close();
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) listener.localAddress();
    }

    @Override
    public int connections() {
        return connections.size();
    }

    @Override
    public ServerStatistics statistics() {
        return ServerStatistics.sum(traffic);
    }

    @Override
    public void stopAccepting() {
        stopping = true;
        listener.close().awaitUninterruptibly();
    }

    @Override
    public boolean stop(Duration grace) {
        stopAccepting();
        long deadline = System.nanoTime() + grace.toNanos();
        connections.forEach(c -> c.eventLoop().execute(c::stop));
        boolean all = awaitClosed(deadline);
        connections.forEach(c -> c.channel().close());
        if (ownsLoops) {
            eventLoops.close();
        }
        return all;
    }

    private boolean awaitClosed(long deadline) {
        for (FramedConnection connection : connections) {
            long left = Math.max(0, deadline - System.nanoTime());
            if (!connection.channel().closeFuture().awaitUninterruptibly(left, TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }
}
