package dev.gatehouse.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the connections of one server, or of one client, share; and the set of them. Any thread. */
final class Endpoint {
    private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(2);
    /** Netty's own; one for all, where each connection would have one. */
    private static final RecvByteBufAllocator RECEIVE_BUFFERS = new AdaptiveRecvByteBufAllocator();

    private final ConnectionOptions options;
    private final Framing framing;
    private final Function<? super FramedConnection, ConnectionHandler> handlers;
    private final ErrorReports errors;
    private final Optional<Object> attachment;
    private final EventLoops eventLoops;
    private final List<Traffic> traffic;
    private final Set<FramedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Endpoint(EndpointBuilder<?> settings, EventLoops eventLoops) {
        options = settings.options;
        framing = settings.framing;
        handlers = settings.handlers;
        errors = new ErrorReports(settings.errorListener);
        attachment = settings.attachment;
        this.eventLoops = eventLoops;
        traffic = IntStream.range(0, eventLoops.size())
                .mapToObj(i -> new Traffic())
                .toList();
    }

    /** A connection for the channel, on the channel's event loop; {@code whenGone} runs there when nothing is left of it. */
    FramedConnection connection(SocketChannel channel, InetSocketAddress remote, Runnable whenGone) {
        FramedConnection connection = new FramedConnection(this, channel, remote, whenGone);
        connections.add(connection);
        if (stopping) {
            // The stop may have gone through the connections before this one was among them.
            connection.abort(CloseReason.SERVER_STOPPED);
        }
        return connection;
    }

    /** Nothing is left of a connection. */
    void gone(ClosingConnection connection) {
        connections.remove(connection);
    }

    /** The socket options of a connection, as a bootstrap takes them. */
    Map<ChannelOption<?>, Object> channelOptions() {
        Map<ChannelOption<?>, Object> all = new HashMap<>(Map.of(
                // Netty's adaptive one makes a ByteBuffer for each read and write on NIO, and copies by way of them.
                ChannelOption.ALLOCATOR,
                PooledByteBufAllocator.DEFAULT,
                ChannelOption.RECVBUF_ALLOCATOR,
                RECEIVE_BUFFERS,
                ChannelOption.ALLOW_HALF_CLOSURE,
                true,
                ChannelOption.TCP_NODELAY,
                options.noDelay(),
                ChannelOption.SO_KEEPALIVE,
                options.keepAlive(),
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(options.lowWatermarkBytes(), options.highWatermarkBytes())));
        if (options.sendBufferBytes() > 0) {
            all.put(ChannelOption.SO_SNDBUF, options.sendBufferBytes());
        }
        return all;
    }

    /** Stops every connection, waits for their ends, at most {@code grace}, and breaks what is left. */
    boolean stop(Duration grace) {
        stopping = true;
        connections.forEach(c -> c.onLoop(c::stop));
        if (eventLoops.onOneOfThem()) {
            return connections.isEmpty();
        }
        boolean all = awaitGone(grace);
        if (!all) {
            connections.forEach(c -> c.onLoop(() -> c.abort(CloseReason.SERVER_STOPPED)));
            awaitGone(ABORT_TIMEOUT);
        }
        return all;
    }

    private boolean awaitGone(Duration timeout) {
        CompletableFuture<?> all = CompletableFuture.allOf(
                connections.stream().map(FramedConnection::ended).toArray(CompletableFuture[]::new));
        try {
            all.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    ConnectionHandler handler(FramedConnection connection) {
        return handlers.apply(connection);
    }

    Set<FramedConnection> connections() {
        return connections;
    }

    ConnectionOptions options() {
        return options;
    }

    Framing framing() {
        return framing;
    }

    ErrorReports errors() {
        return errors;
    }

    Optional<Object> attachment() {
        return attachment;
    }

    Loop loop(SocketChannel channel) {
        return eventLoops.of(channel.eventLoop());
    }

    Traffic traffic(Loop loop) {
        return traffic.get(loop.index());
    }

    ServerStatistics statistics(long acceptFailures) {
        return ServerStatistics.sum(traffic, acceptFailures, errors.dropped());
    }
}
