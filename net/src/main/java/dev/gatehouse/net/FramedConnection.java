package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection: its state and the order of its callbacks. Everything but the methods marked "any thread" runs on its event
 * loop.
 *
 * <p>What a callback asks for that would end the connection under it (a close) is carried out when the outermost callback has
 * returned, in {@link #settle}.
 */
final class FramedConnection extends SendingConnection {
    private static final ConnectionHandler NO_HANDLER = (connection, message) -> {};

    private final Traffic traffic;
    private final Deadlines deadlines;
    private final Reading reading;
    private final Inbound inbound;

    private ConnectionHandler handler = NO_HANDLER;
    /** Made when the close is carried out. */
    private @Nullable ConnectionEnding ending;

    /** Where the loop keeps it. */
    private int position;
    /** How many callbacks are under way, one inside the other. */
    private int callbacks;

    private boolean active;
    private boolean opened;
    private boolean inputClosed;
    /** The handler has heard of it. */
    private boolean inputClosedTold;

    private boolean closingForCause;

    FramedConnection(Endpoint endpoint, SocketChannel channel, InetSocketAddress remoteAddress, Runnable whenGone) {
        super(endpoint, channel, remoteAddress, whenGone);
        traffic = endpoint.traffic(loop);
        deadlines = new Deadlines(options);
        reading = new Reading(channel, loop, deadlines);
        inbound = new Inbound(this, channel.alloc());
    }

    /** The channel is there; a PROXY header and a TLS handshake may follow. */
    void active() {
        active = true;
        addressed();
        traffic.opened++;
        deadlines.start(loop.nanos());
        loop.add(this);
    }

    /** Bytes can be sent and received. */
    void open() {
        if (opened || shut() || closing()) {
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
        if (shut()) {
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
        if (ending != null) {
            ending.inputClosed();
        }
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
            if (!shut()) {
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
        if (shut()) {
            channel.close();
        }
    }

    /** The channel is gone. */
    void inactive() {
        CloseReason reason = closeReason();
        if (reason == null) {
            reason = inputClosed ? CloseReason.PEER_CLOSED : CloseReason.PEER_RESET;
            begin(reason);
        }
        markShut();
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
        markShut();
        inbound.release();
        dropUnsent();
        gone();
    }

    boolean takesMessages() {
        return reading.now() && !closing();
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

    /** Tells the handler in a task of its own, so that a fast peer can't keep the loop in one turn. */
    @Override
    void roomAgain() {
        onLoop(this::room);
    }

    private void room() {
        if (!shut()) {
            if (reading.choked(false)) {
                deliverSoon();
            }
            call(h -> h.writable(this));
        }
    }

    /** A send found the queue full, and the policy is to close. */
    @Override
    void queueFull() {
        closeForCause(CloseReason.QUEUE_FULL);
    }

    /** The framing or the codec refused the bytes, or the handler threw. */
    @Override
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
        if (shut()) {
            if (ending != null) {
                ending.sweep(now);
            }
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
        callbacks++;
        try {
            handler.tick(this, now);
        } catch (Throwable t) {
            failed(t);
        }
        settle();
    }

    /** The server stops: the handler decides how. */
    void stop() {
        if (!opened) {
            close(CloseReason.SERVER_STOPPED);
        } else if (!closing()) {
            call(h -> h.stopping(this));
        }
    }

    @Override
    public void pauseReading() {
        if (!shut()) {
            reading.paused(true);
        }
    }

    @Override
    public void resumeReading() {
        if (!shut() && reading.paused(false)) {
            deliverSoon();
        }
    }

    @Override
    public boolean reading() {
        return !reading.paused();
    }

    @Override
    public void framing(Framing framing) {
        super.framing(framing);
        inbound.framingChanged();
        deliverSoon();
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
        if (callbacks > 1 || shut()) {
            callbacks--;
            return;
        }
        if (!closing() && opened && inputClosed && !inputClosedTold && reading.now()) {
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
        end();
    }

    /** Delivers what waits; in a task of its own, as callers don't expect callbacks under them. */
    private void deliverSoon() {
        if (!inbound.delivering() && (inbound.waits() || inputClosed)) {
            onLoop(this::deliver);
        }
    }

    private void deliver() {
        if (!shut()) {
            callbacks++;
            inbound.deliver();
            settle();
        }
    }

    private void closeForCause(CloseReason reason) {
        closeForCause(reason, reason.sentence(), null);
    }

    private void closeForCause(CloseReason reason, String message, @Nullable Throwable cause) {
        if (closing() || closingForCause) {
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
        if (!closing()) {
            begin(reason, message, cause);
        }
        settle();
    }

    @Override
    boolean inCallback() {
        return callbacks > 0;
    }

    @Override
    void carryOut(CloseReason reason) {
        inbound.release();
        ending = new ConnectionEnding(channel, loop, outbound, options, inputClosed);
        ending.begin(!reason.orderly());
    }
}
