package dev.gatehouse.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A connection's identity: its number, its addresses, its place in the process, and what its user hangs on it. Any thread. */
abstract class AddressedConnection implements Connection {
    private static final AtomicLong IDS = new AtomicLong();
    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);

    final Endpoint endpoint;
    final SocketChannel channel;
    final Loop loop;

    private final long id = IDS.incrementAndGet();
    private volatile InetSocketAddress remoteAddress;
    private volatile InetSocketAddress localAddress = UNKNOWN;
    private volatile @Nullable Object attachment;

    AddressedConnection(Endpoint endpoint, SocketChannel channel, InetSocketAddress remoteAddress) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        loop = endpoint.loop(channel);
    }

    /** The channel is there, so our side of it is known. */
    void addressed() {
        localAddress = Objects.requireNonNullElse(channel.localAddress(), UNKNOWN);
    }

    /** A proxy has said who the peer really is; before the connection is opened. */
    void proxied(InetSocketAddress remote) {
        remoteAddress = remote;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void attach(Object attached) {
        attachment = attached;
    }

    @Override
    public <T> Optional<T> attachment(Class<T> type) {
        return Optional.ofNullable(attachment).filter(type::isInstance).map(type::cast);
    }

    @Override
    public <T> Optional<T> sharedAttachment(Class<T> type) {
        return endpoint.attachment().filter(type::isInstance).map(type::cast);
    }

    @Override
    public long nanos() {
        return loop.nanos();
    }

    @Override
    public EventLoop eventLoop() {
        return loop.eventLoop();
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public String toString() {
        return "c" + id + " " + remoteAddress;
    }

    @Override
    public void report(Throwable error) {
        report(Optional.empty(), error.toString(), error);
    }

    void report(Optional<CloseReason> reason, String message, @Nullable Throwable cause) {
        endpoint.errors().error(new ConnectionError(id, remoteAddress, reason, message, Optional.ofNullable(cause)));
    }

    /** Runs a task on the event loop; false if that has stopped, and all its connections with it. */
    boolean onLoop(Runnable task) {
        try {
            loop.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
