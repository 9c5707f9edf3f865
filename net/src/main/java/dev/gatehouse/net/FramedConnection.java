package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection: its state and the order of its callbacks. Everything but the methods marked "any thread" runs on its event
 * loop.
 *
 * <p>What a callback asks for that would end the connection under it (a close) is carried out when the outermost callback has
 * returned, in {@link #settle}.
 */
final class FramedConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final AtomicLong IDS = new AtomicLong();
    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);

    private final long id = IDS.incrementAndGet();
    private final SocketChannel channel;
    private final InetSocketAddress remoteAddress;
    private final Loop loop;
    private final Traffic traffic;
    private final Deadlines deadlines;
    private final Inbound inbound;
    private final Outbound outbound;
    private final ConnectionEnding ending;
    private final ConnectionHandler handler;
    private final ConnectionOptions options;
    private final Promise<Void> gone;
    private final Runnable delivery = this::deliver;
    private final Runnable room = this::room;

    private Framing framing;
    private volatile InetSocketAddress localAddress = UNKNOWN;
    private volatile @Nullable CloseReason closeReason;
    /** Where the loop keeps it. */
    private int position;
    /** How many callbacks are under way, one inside the other. */
    private int callbacks;

    private @Nullable Object attachment;
    private Runnable whenGone = () -> {};
    private boolean active;
    private boolean opened;
    /** The handler wants nothing to be read. */
    private boolean paused;
    /** Answers have no room: nothing is read until there is. */
    private boolean choked;

    private boolean readingNow = true;
    private boolean inputClosed;
    /** The handler has heard of it. */
    private boolean inputClosedTold;

    private boolean closingForCause;
    /** The close is being carried out: from then on nothing is delivered or sent. */
    private boolean shut;

    FramedConnection(
            SocketChannel channel,
            InetSocketAddress remoteAddress,
            Loop loop,
            Traffic traffic,
            ConnectionOptions options,
            Framing framing,
            Function<Connection, ConnectionHandler> handlers) {
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        this.loop = loop;
        this.traffic = traffic;
        this.options = options;
        this.framing = framing;
        deadlines = new Deadlines(options);
        inbound = new Inbound(this, channel.alloc());
        outbound = new Outbound(this, channel, loop, traffic, options.highWatermarkBytes());
        ending = new ConnectionEnding(channel, loop, outbound, options);
        gone = loop.eventLoop().newPromise();
        handler = handlers.apply(this);
    }

    /** The channel is there; with TLS the handshake follows. */
    void active() {
        active = true;
        localAddress = Objects.requireNonNullElse(channel.localAddress(), UNKNOWN);
        traffic.opened++;
        deadlines.start(loop.nanos());
        loop.add(this);
    }

    /** Bytes can be sent and received. */
    void open() {
        if (opened || shut) {
            return;
        }
        opened = true;
        enter();
        try {
            handler.opened(this);
        } catch (Throwable t) {
            failed(t);
        }
        leave();
    }

    /** Takes what was read, and ownership of the buffer. */
    void read(ByteBuf in) {
        traffic.bytesIn += in.readableBytes();
        deadlines.read(loop.nanos());
        if (shut) {
            in.release();
            return;
        }
        enter();
        inbound.feed(in);
        leave();
    }

    /**
     * The peer has closed its sending side.
     *
     * @param authentic whether it was surely the peer
     */
    void inputClosed(boolean authentic) {
        ending.inputClosed();
        if (!inputClosed) {
            inputClosed = true;
            deadlines.inputClosed();
            if (!opened) {
                close(CloseReason.PEER_CLOSED);
                return;
            }
            if (authentic) {
                inbound.atEof();
            }
            enter();
            leave();
        }
    }

    void writabilityChanged() {
        outbound.roomAgain();
    }

    /** The transport or TLS failed. */
    void broken(CloseReason reason, Throwable cause) {
        LOG.debug("c{} {} {}", id, remoteAddress, cause.toString());
        closeForCause(reason);
        if (shut) {
            channel.close();
        }
    }

    /** The channel is gone. */
    void ended() {
        CloseReason reason = closeReason;
        if (reason == null) {
            reason = inputClosed ? CloseReason.PEER_CLOSED : CloseReason.PEER_RESET;
            closeReason = reason;
        }
        shut = true;
        inbound.release();
        outbound.release();
        if (active) {
            active = false;
            loop.remove(this);
            traffic.closed[reason.ordinal()]++;
        }
        if (opened) {
            opened = false;
            try {
                handler.closed(this, reason);
            } catch (Throwable t) {
                failed(t);
            }
        }
    }

    /** The channel has left its event loop, after {@link #ended}. */
    void removed() {
        shut = true;
        inbound.release();
        outbound.release();
        whenGone.run();
        gone.setSuccess(null);
    }

    boolean takesMessages() {
        return !paused && !choked && closeReason == null;
    }

    Framing framing() {
        return framing;
    }

    void message(ByteBuf payload) {
        deadlines.message();
        traffic.messagesIn++;
        handler.message(this, payload);
        if (!outbound.askForRoom()) {
            // Who sends and doesn't read what it gets must not make us keep its answers without bound.
            choked = true;
            updateReading();
        }
    }

    /** There is room again: tells the handler in a task of its own, so that a fast peer can't keep the loop in one turn. */
    void roomAgain() {
        onLoop(room);
    }

    private void room() {
        if (shut) {
            return;
        }
        enter();
        choked = false;
        updateReading();
        try {
            handler.writable(this);
        } catch (Throwable t) {
            failed(t);
        }
        leave();
    }

    /** The framing refused the bytes, or the handler threw. */
    void failed(Throwable cause) {
        outbound.cancelUnfinished();
        if (cause instanceof FramingException refused) {
            LOG.debug("c{} {} {}", id, remoteAddress, refused.getMessage());
            closeForCause(refused.reason());
        } else {
            LOG.error("c{} {} handler failed", id, remoteAddress, cause);
            closeForCause(CloseReason.HANDLER_ERROR);
        }
    }

    int position() {
        return position;
    }

    void position(int position) {
        this.position = position;
    }

    void sweep(long now) {
        if (shut) {
            ending.sweep(now);
            return;
        }
        CloseReason passed = deadlines.passed(now);
        long writeTimeout = options.writeTimeout().toNanos();
        if (passed == null && writeTimeout > 0 && outbound.stalled(now, writeTimeout)) {
            passed = CloseReason.WRITE_STALLED;
        }
        if (passed != null) {
            closeForCause(passed);
        } else if (opened) {
            tick(now);
        }
    }

    private void tick(long now) {
        enter();
        try {
            handler.tick(this, now);
        } catch (Throwable t) {
            failed(t);
        }
        leave();
    }

    /** Gives what is to be done when nothing is left of the connection, before anybody who waits for {@link #gone} goes on. */
    void whenGone(Runnable action) {
        whenGone = action;
    }

    /** Completes when nothing is left of the connection. Any thread. */
    Future<Void> gone() {
        return gone;
    }

    /** The server stops: the handler decides how. */
    void stop() {
        if (!opened) {
            close(CloseReason.SERVER_STOPPED);
        } else if (closeReason == null) {
            enter();
            try {
                handler.stopping(this);
            } catch (Throwable t) {
                failed(t);
            }
            leave();
        }
    }

    /** Closes at once, without flushing. */
    void abort(CloseReason reason) {
        if (closeReason == null) {
            closeReason = reason;
        }
        shut = true;
        channel.close();
    }

    @Override
    public boolean send(ByteBuf payload) {
        if (loop.eventLoop().inEventLoop()) {
            if (shut) {
                return false;
            }
            ByteBuf out = beginMessage();
            out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
            return endMessage();
        }
        ByteBuf copy = payload.copy();
        if (!onLoop(() -> sendLater(copy))) {
            copy.release();
        }
        return closeReason == null && channel.isWritable();
    }

    private void sendLater(ByteBuf copy) {
        try {
            send(copy);
        } catch (IllegalArgumentException e) {
            failed(e);
        } finally {
            copy.release();
        }
    }

    @Override
    public boolean send(byte[] payload) {
        return send(Unpooled.wrappedBuffer(payload));
    }

    @Override
    public ByteBuf beginMessage() {
        return outbound.begin(framing);
    }

    @Override
    public boolean endMessage() {
        if (shut) {
            outbound.release();
            return false;
        }
        return outbound.end(framing);
    }

    @Override
    public void cancelMessage() {
        if (shut) {
            outbound.release();
        } else {
            outbound.cancelUnfinished();
        }
    }

    @Override
    public boolean writable() {
        return !shut && outbound.askForRoom();
    }

    @Override
    public void pauseReading() {
        paused = true;
        updateReading();
    }

    @Override
    public void resumeReading() {
        paused = false;
        updateReading();
    }

    private void updateReading() {
        boolean read = !paused && !choked;
        if (read == readingNow) {
            return;
        }
        readingNow = read;
        if (read) {
            deadlines.resume(loop.nanos());
        } else {
            deadlines.pause(loop.nanos());
        }
        if (!shut) {
            channel.config().setAutoRead(read);
            if (read) {
                deliverSoon();
            }
        }
    }

    @Override
    public boolean reading() {
        return !paused;
    }

    @Override
    public void framing(Framing framing) {
        this.framing = framing;
        inbound.framingChanged();
        deliverSoon();
    }

    @Override
    public void close() {
        close(CloseReason.LOCAL);
    }

    @Override
    public void close(CloseReason reason) {
        if (!loop.eventLoop().inEventLoop()) {
            onLoop(() -> close(reason));
        } else if (closeReason == null) {
            closeReason = reason;
            if (callbacks == 0) {
                shut(reason);
            }
        }
    }

    @Override
    public void report(Throwable error) {
        LOG.warn("{} {}", this, error.toString());
    }

    @Override
    public void attach(Object attached) {
        attachment = attached;
    }

    @Override
    public <T> Optional<T> attachment(Class<T> type) {
        return type.isInstance(attachment) ? Optional.of(type.cast(attachment)) : Optional.empty();
    }

    @Override
    public boolean closing() {
        return closeReason != null;
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

    private void enter() {
        callbacks++;
    }

    private void leave() {
        if (--callbacks == 0 && !shut) {
            settle();
        }
    }

    /** No callback is under way: passes on an EOF once all messages are delivered, and carries out a close. */
    private void settle() {
        if (closeReason == null && opened && inputClosed && !inputClosedTold && readingNow) {
            callbacks++;
            inbound.deliver();
            if (takesMessages()) {
                inputClosedTold = true;
                try {
                    handler.inputClosed(this);
                } catch (Throwable t) {
                    failed(t);
                }
            }
            callbacks--;
        }
        CloseReason reason = closeReason;
        if (reason != null) {
            shut(reason);
        }
    }

    /** Delivers what waits; in a task of its own, as callers don't expect callbacks under them. */
    private void deliverSoon() {
        if (!inbound.delivering() && (inbound.waits() || inputClosed)) {
            onLoop(delivery);
        }
    }

    private void deliver() {
        if (!shut) {
            enter();
            inbound.deliver();
            leave();
        }
    }

    private void closeForCause(CloseReason reason) {
        if (closeReason != null || closingForCause) {
            return;
        }
        closingForCause = true;
        if (opened) {
            enter();
            try {
                handler.closing(this, reason);
            } catch (Throwable t) {
                failed(t);
            }
            close(reason);
            leave();
        } else {
            close(reason);
        }
    }

    private void shut(CloseReason reason) {
        shut = true;
        inbound.release();
        ending.begin(!reason.orderly());
    }

    /** Runs a task on the event loop; false if that has stopped, and all its connections with it. */
    private boolean onLoop(Runnable task) {
        try {
            loop.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
