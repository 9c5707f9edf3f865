package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection: its state and the order of its callbacks. Everything but the methods marked "any thread" runs on its event
 * loop.
 *
 * <p>What a callback asks for that would end the connection under it (a close) is carried out when the outermost callback has
 * returned, in {@link #settle}.
 */
final class FramedConnection implements Connection {
    private static final AtomicLong IDS = new AtomicLong();
    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(0);
    private static final ConnectionHandler NO_HANDLER = (connection, message) -> {};

    private final long id = IDS.incrementAndGet();
    private final Endpoint endpoint;
    private final SocketChannel channel;
    private final Loop loop;
    private final Traffic traffic;
    private final ConnectionOptions options;
    private final Deadlines deadlines;
    private final Reading reading;
    private final Inbound inbound;
    private final Outbound outbound;
    private final ConnectionEnding ending;
    private final CompletableFuture<CloseReason> gone = new CompletableFuture<>();
    private final Runnable delivery = this::deliver;
    private final Runnable room = this::room;

    private Framing framing;
    private ConnectionHandler handler = NO_HANDLER;
    private volatile InetSocketAddress remoteAddress;
    private volatile InetSocketAddress localAddress = UNKNOWN;
    private volatile @Nullable CloseReason closeReason;
    private volatile @Nullable Object attachment;
    /** Made when a thread other than the event loop sends for the first time. */
    private volatile @Nullable OffLoopSends offLoopSends;

    /** Where the loop keeps it. */
    private int position;
    /** How many callbacks are under way, one inside the other. */
    private int callbacks;

    private Runnable whenGone = () -> {};
    private boolean active;
    private boolean opened;
    private boolean inputClosed;
    /** The handler has heard of it. */
    private boolean inputClosedTold;

    private boolean closingForCause;
    /** The close is being carried out: from then on nothing is delivered or sent. */
    private boolean shut;

    FramedConnection(Endpoint endpoint, SocketChannel channel, InetSocketAddress remoteAddress) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        loop = endpoint.loop(channel);
        traffic = endpoint.traffic(loop);
        options = endpoint.options();
        framing = endpoint.framing();
        deadlines = new Deadlines(options);
        reading = new Reading(channel, loop, deadlines);
        inbound = new Inbound(this, channel.alloc());
        outbound = new Outbound(this, channel, loop, traffic, options);
        ending = new ConnectionEnding(channel, loop, outbound, options);
    }

    /** The channel is there; a PROXY header and a TLS handshake may follow. */
    void active() {
        active = true;
        localAddress = Objects.requireNonNullElse(channel.localAddress(), UNKNOWN);
        traffic.opened++;
        deadlines.start(loop.nanos());
        loop.add(this);
    }

    /** A proxy has said who the peer really is; before {@link #open}. */
    void proxied(InetSocketAddress remote) {
        remoteAddress = remote;
    }

    /** Bytes can be sent and received. */
    void open() {
        if (opened || shut || closeReason != null) {
            return;
        }
        opened = true;
        deadlines.opened();
        call(unused -> {
            handler = endpoint.handler(this);
            handler.opened(this);
        });
    }

    /** Takes what was read, and ownership of the buffer. */
    void read(ByteBuf in) {
        traffic.bytesIn += in.readableBytes();
        deadlines.read(loop.nanos());
        if (shut) {
            in.release();
            return;
        }
        callbacks++;
        inbound.feed(in);
        settle();
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
            if (!shut) {
                callbacks++;
                settle();
            }
        }
    }

    void writabilityChanged() {
        outbound.roomAgain();
        wakeSenders();
    }

    /** The transport, TLS or the PROXY header failed. */
    void broken(CloseReason reason, String message, @Nullable Throwable cause) {
        closeForCause(reason, message, cause);
        if (shut) {
            channel.close();
        }
    }

    /** The channel is gone. */
    void inactive() {
        CloseReason reason = closeReason;
        if (reason == null) {
            reason = inputClosed ? CloseReason.PEER_CLOSED : CloseReason.PEER_RESET;
            begin(reason, reason.sentence(), null);
        }
        shut = true;
        inbound.release();
        outbound.release(reason);
        wakeSenders();
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
                report(t);
            }
        }
    }

    /** The channel has left its event loop, after {@link #inactive}. */
    void removed() {
        shut = true;
        inbound.release();
        CloseReason reason = Objects.requireNonNullElse(closeReason, CloseReason.LOCAL);
        outbound.release(reason);
        whenGone.run();
        gone.complete(reason);
    }

    boolean takesMessages() {
        return reading.now() && closeReason == null;
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
            reading.choked(true);
        }
    }

    /** There is room again: tells the handler in a task of its own, so that a fast peer can't keep the loop in one turn. */
    void roomAgain() {
        onLoop(room);
    }

    private void room() {
        if (!shut) {
            if (reading.choked(false)) {
                deliverSoon();
            }
            call(h -> h.writable(this));
        }
    }

    /** Somebody was told that there is no room: tells the handler when there is. */
    void tellOfRoom() {
        if (!shut && outbound.askForRoom()) {
            roomAgain();
        }
    }

    /** A send found the queue full, and the policy is to close. */
    void queueFull() {
        closeForCause(CloseReason.QUEUE_FULL);
    }

    /** The framing or the codec refused the bytes, or the handler threw. */
    void failed(Throwable cause) {
        outbound.cancelUnfinished();
        CloseReason reason = cause instanceof RefusedException refused ? refused.reason() : CloseReason.HANDLER_ERROR;
        closeForCause(reason, String.valueOf(cause.getMessage()), cause);
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
            call(h -> h.tick(this, now));
        }
    }

    /** Gives what is to be done when nothing is left of the connection, before {@link #ended()} completes. */
    void whenGone(Runnable action) {
        whenGone = action;
    }

    /** The server stops: the handler decides how. */
    void stop() {
        if (!opened) {
            close(CloseReason.SERVER_STOPPED);
        } else if (closeReason == null) {
            call(h -> h.stopping(this));
        }
    }

    /** Closes at once, without flushing. */
    void abort(CloseReason reason) {
        if (closeReason == null) {
            begin(reason, reason.sentence(), null);
        }
        shut = true;
        channel.close();
    }

    @Override
    public boolean send(ByteBuf payload) {
        if (!loop.eventLoop().inEventLoop()) {
            return sendOffLoop(ByteBufUtil.getBytes(payload));
        } else if (shut) {
            return false;
        }
        ByteBuf out = beginMessage();
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        return endMessage();
    }

    @Override
    public boolean send(byte[] payload) {
        return loop.eventLoop().inEventLoop() ? send(Unpooled.wrappedBuffer(payload)) : sendOffLoop(payload.clone());
    }

    private boolean sendOffLoop(byte[] copy) {
        try {
            return offLoopSends().send(copy, null, options.queuePolicy());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueueFullException(options.queueBytesMax());
        }
    }

    @Override
    public CompletableFuture<Void> sendAsync(byte[] payload) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (loop.eventLoop().inEventLoop()) {
            sendOnLoop(payload, written);
        } else {
            try {
                offLoopSends().send(payload.clone(), written, options.queuePolicy());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                written.completeExceptionally(new QueueFullException(options.queueBytesMax()));
            }
        }
        return written;
    }

    /** As {@link #send(byte[])}, but waits for room whatever the policy is, and keeps the array. Not on the event loop. */
    boolean sendWaiting(byte[] payload) throws InterruptedException {
        offLoopSends().send(payload, null, QueuePolicy.WAIT);
        return closeReason == null;
    }

    /** Sends, and brings to the future, or to the end of the connection, what is wrong with that. */
    void sendOnLoop(byte[] payload, @Nullable CompletableFuture<Void> written) {
        CloseReason ended = closeReason;
        if (shut && ended != null) {
            if (written != null) {
                written.completeExceptionally(new NotSentException(ended));
            }
            return;
        }
        try {
            beginMessage().writeBytes(payload);
            if (written == null) {
                endMessage();
            } else {
                outbound.end(framing, written);
            }
        } catch (QueueFullException | IllegalArgumentException e) {
            if (written != null) {
                written.completeExceptionally(e);
            } else if (e instanceof QueueFullException) {
                report(e);
            } else {
                failed(e);
            }
        }
    }

    /** The transport has written what these wait for, or failed. */
    void written(List<CompletableFuture<Void>> waiting, boolean success) {
        CloseReason reason = Objects.requireNonNullElse(closeReason, CloseReason.PEER_RESET);
        for (CompletableFuture<Void> future : waiting) {
            if (success) {
                future.complete(null);
            } else {
                future.completeExceptionally(new NotSentException(reason));
            }
        }
    }

    @Override
    public ByteBuf beginMessage() {
        return outbound.begin(framing);
    }

    @Override
    public boolean endMessage() {
        if (shut) {
            outbound.release(Objects.requireNonNullElse(closeReason, CloseReason.LOCAL));
            return false;
        }
        return outbound.end(framing);
    }

    @Override
    public void cancelMessage() {
        if (shut) {
            outbound.release(Objects.requireNonNullElse(closeReason, CloseReason.LOCAL));
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
        if (!shut) {
            reading.paused(true);
        }
    }

    @Override
    public void resumeReading() {
        if (!shut && reading.paused(false)) {
            deliverSoon();
        }
    }

    @Override
    public boolean reading() {
        return !reading.paused();
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
            begin(reason, reason.sentence(), null);
            if (callbacks == 0) {
                shut(reason);
            }
        }
    }

    @Override
    public void report(Throwable error) {
        report(Optional.empty(), error.toString(), error);
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
    public boolean closing() {
        return closeReason != null;
    }

    @Override
    public CompletableFuture<CloseReason> ended() {
        return gone.copy();
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

    /** Calls the handler; what it throws ends the connection. */
    private void call(Consumer<ConnectionHandler> callback) {
        callbacks++;
        try {
            callback.accept(handler);
        } catch (Throwable t) {
            failed(t);
        }
        settle();
    }

    /** A callback is over; after the outermost one, passes on an EOF that all messages stood before, and carries out a close. */
    private void settle() {
        if (callbacks > 1 || shut) {
            callbacks--;
            return;
        }
        if (closeReason == null && opened && inputClosed && !inputClosedTold && reading.now()) {
            inbound.deliver();
            if (takesMessages()) {
                inputClosedTold = true;
                try {
                    handler.inputClosed(this);
                } catch (Throwable t) {
                    failed(t);
                }
            }
        }
        callbacks--;
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
            callbacks++;
            inbound.deliver();
            settle();
        }
    }

    private void closeForCause(CloseReason reason) {
        closeForCause(reason, reason.sentence(), null);
    }

    private void closeForCause(CloseReason reason, String message, @Nullable Throwable cause) {
        if (closeReason != null || closingForCause) {
            return;
        }
        closingForCause = true;
        callbacks++;
        if (opened) {
            try {
                handler.closing(this, reason);
            } catch (Throwable t) {
                report(t);
            }
        }
        if (closeReason == null) {
            begin(reason, message, cause);
        }
        settle();
    }

    /** Settles why the connection ends. */
    private void begin(CloseReason reason, String message, @Nullable Throwable cause) {
        closeReason = reason;
        wakeSenders();
        if (reason.error()) {
            report(Optional.of(reason), message, cause);
        }
    }

    private void shut(CloseReason reason) {
        shut = true;
        inbound.release();
        ending.begin(!reason.orderly());
    }

    private void report(Optional<CloseReason> reason, String message, @Nullable Throwable cause) {
        endpoint.errors().error(new ConnectionError(id, remoteAddress, reason, message, Optional.ofNullable(cause)));
    }

    private OffLoopSends offLoopSends() {
        OffLoopSends sends = offLoopSends;
        if (sends == null) {
            synchronized (gone) {
                sends = offLoopSends;
                if (sends == null) {
                    sends = new OffLoopSends(this, channel, options);
                    offLoopSends = sends;
                }
            }
        }
        return sends;
    }

    private void wakeSenders() {
        OffLoopSends sends = offLoopSends;
        if (sends != null) {
            sends.wake();
        }
    }

    /** Runs a task on the event loop; false if that has stopped, and all its connections with it. Any thread. */
    boolean onLoop(Runnable task) {
        try {
            loop.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
