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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Server} and its listening channel. */
final class ListeningServer implements Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(2);

    private final Server.Builder settings;
    private final EventLoops eventLoops;
    private final boolean ownsLoops;
    private final List<Traffic> traffic;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<FramedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Channel listener;
    private volatile boolean accepting = true;
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
        Channel channel = bound.channel();
        channel.pipeline().addLast(new AcceptFailures(localAddress(channel)));
        return channel;
    }

    private static InetSocketAddress localAddress(Channel channel) {
        return (InetSocketAddress) channel.localAddress();
    }

    /** On the new connection's event loop. */
    private void accept(SocketChannel channel) {
        Loop loop = eventLoops.of(channel.eventLoop());
        Traffic counters = traffic.get(loop.index());
        InetSocketAddress remote = channel.remoteAddress();
        // A peer that is gone already has no address.
        if (!accepting || remote == null) {
            channel.close();
        } else if (open.incrementAndGet() > settings.connectionsMax) {
            open.decrementAndGet();
            counters.refused++;
            counters.closed[CloseReason.CONNECTION_LIMIT.ordinal()]++;
            channel.close();
        } else {
            serve(channel, remote, loop, counters);
        }
    }

    private void serve(SocketChannel channel, InetSocketAddress remote, Loop loop, Traffic counters) {
        FramedConnection connection;
        try {
            connection = new FramedConnection(
                    channel, remote, loop, counters, settings.options, settings.framing, settings.handlers);
        } catch (RuntimeException e) {
            LOG.error("{} there is no handler for the connection", remote, e);
            open.decrementAndGet();
            channel.close();
            return;
        }
        connections.add(connection);
        connection.whenGone(() -> {
            connections.remove(connection);
            open.decrementAndGet();
        });
        settings.tls.ifPresent(tls -> channel.pipeline().addLast(tls.newHandler(channel.alloc())));
        channel.pipeline().addLast(new ChannelEvents(connection));
        if (stopping) {
            // The stop may have gone through the connections before this one was among them.
            connection.abort(CloseReason.SERVER_STOPPED);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress(listener);
    }

    Channel listener() {
        return listener;
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
        accepting = false;
        listener.close().awaitUninterruptibly();
    }

    @Override
    public boolean stop(Duration grace) {
        stopAccepting();
        stopping = true;
        connections.forEach(c -> c.eventLoop().execute(c::stop));
        boolean all = awaitClosed(grace);
        if (!all) {
            connections.forEach(c -> c.eventLoop().execute(() -> c.abort(CloseReason.SERVER_STOPPED)));
            awaitClosed(ABORT_TIMEOUT);
        }
        if (ownsLoops) {
            eventLoops.close();
        }
        return all;
    }

    /** For each connection that is open; on the caller's thread. */
    void each(Consumer<Connection> action) {
        connections.forEach(action);
    }

    private boolean awaitClosed(Duration timeout) {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        for (FramedConnection connection : connections) {
            long left = Math.max(0, deadline - System.nanoTime());
            if (!connection.gone().awaitUninterruptibly(left, TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }
}
