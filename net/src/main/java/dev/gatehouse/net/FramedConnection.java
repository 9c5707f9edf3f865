package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection and its one channel handler. Everything but the methods marked "any thread" runs on its event loop. */
final class FramedConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final SocketChannel channel;
    private final Loop loop;
    private final Traffic traffic;
    private final ConnectionOptions options;
    private final ConnectionHandler handler;
    private final Inbound inbound;
    private final Outbound outbound;
    private final InetSocketAddress remoteAddress;

    private Framing framing;
    private int position;
    private boolean opened;
    private boolean anyMessage;
    private boolean paused;
    private boolean eof;
    private boolean eofDelivered;
    private boolean closingForCause;
    private long openedNanos;
    private long readNanos;
    private volatile @Nullable CloseReason closeReason;
    /** Set when the close is carried out: from then on nothing is delivered or sent. */
    private boolean shut;

    private boolean outputShut;
    private long outputShutNanos;

    FramedConnection(
            SocketChannel channel,
            InetSocketAddress remoteAddress,
            Loop loop,
            Traffic traffic,
            ConnectionOptions options,
            Framing framing,
            Function<Connection, ConnectionHandler> handlers) {
        this.channel = channel;
        this.loop = loop;
        this.traffic = traffic;
        this.options = options;
        this.framing = framing;
        this.remoteAddress = remoteAddress;
        inbound = new Inbound(this, channel.alloc());
        outbound = new Outbound(this, channel, loop, traffic, options.highWatermarkBytes());
        handler = handlers.apply(this);
    }

    // ---- what the channel says ----

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(SslHandler.class) == null) {
            open();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf in = (ByteBuf) read;
        traffic.bytesIn += in.readableBytes();
        readNanos = loop.nanos();
        if (shut) {
            in.release();
        } else {
            inbound.feed(in);
            afterDelivery();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            eof = true;
            if (outputShut) {
                channel.close();
            } else if (!shut) {
                afterDelivery();
            }
        } else if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            open();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        outbound.roomAgain();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("c{} {} {}", id, remoteAddress, cause.toString());
        closeForCause(reasonOf(cause));
        if (shut) {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        CloseReason reason = closeReason;
        if (reason == null) {
            reason = eof ? CloseReason.PEER_CLOSED : CloseReason.PEER_RESET;
            closeReason = reason;
        }
        shut = true;
        inbound.release();
        outbound.release();
        if (opened) {
            opened = false;
            loop.remove(this);
            traffic.closed[reason.ordinal()]++;
            guarded(() -> handler.closed(this, closeReason()));
        }
    }

    private void open() {
        if (opened || shut) {
            return;
        }
        opened = true;
        traffic.opened++;
        openedNanos = readNanos = loop.nanos();
        loop.add(this);
        guarded(() -> handler.opened(this));
        afterDelivery();
    }

    /** After callbacks: carries out a close that they asked for, and passes on an EOF once all messages are delivered. */
    private void afterDelivery() {
        if (closeReason != null) {
            shut();
        } else if (eof && !eofDelivered && !paused && !inbound.delivering()) {
            inbound.eof();
            if (closeReason == null && !paused) {
                eofDelivered = true;
                guarded(() -> handler.inputClosed(this));
            }
            if (closeReason != null) {
                shut();
            }
        }
    }

    // ---- what inbound and outbound ask ----

    boolean takesMessages() {
        return !paused && closeReason == null;
    }

    boolean discards() {
        return closeReason != null;
    }

    Framing framing() {
        return framing;
    }

    void message(ByteBuf payload) {
        anyMessage = true;
        traffic.messagesIn++;
        handler.message(this, payload);
    }

    void room() {
        if (!shut) {
            guarded(() -> handler.writable(this));
        }
    }

    /** The framing refused the bytes, or the handler threw. */
    void failed(Throwable cause) {
        if (cause instanceof FramingException refused) {
            LOG.debug("c{} {} {}", id, remoteAddress, refused.getMessage());
            closeForCause(refused.reason());
        } else {
            LOG.error("c{} {} handler failed", id, remoteAddress, cause);
            closeForCause(CloseReason.HANDLER_ERROR);
        }
    }

    // ---- what the loop asks ----

    int position() {
        return position;
    }

    void position(int position) {
        this.position = position;
    }

    void sweep(long now) {
        if (shut) {
            sweepShut(now);
        } else if (passed(now, openedNanos, options.firstMessageTimeout().toNanos()) && !anyMessage && !paused) {
            closeForCause(CloseReason.FIRST_MESSAGE_TIMEOUT);
        } else if (passed(now, readNanos, options.idleTimeout().toNanos()) && !paused && !eof) {
            closeForCause(CloseReason.IDLE_TIMEOUT);
        } else if (stalled(now)) {
            closeForCause(CloseReason.WRITE_STALLED);
        } else {
            guarded(() -> handler.tick(this, now));
        }
    }

    private void sweepShut(long now) {
        if (outputShut ? now - outputShutNanos >= options.closeTimeout().toNanos() : stalled(now)) {
            channel.close();
        }
    }

    private boolean stalled(long now) {
        long timeout = options.writeTimeout().toNanos();
        return timeout > 0 && outbound.stalled(now, timeout);
    }

    private static boolean passed(long now, long since, long timeout) {
        return timeout > 0 && now - since >= timeout;
    }

    /** The server stops: the handler decides how. */
    void stop() {
        if (opened && closeReason == null) {
            guarded(() -> handler.stopping(this));
        } else if (!opened) {
            close(CloseReason.SERVER_STOPPED);
        }
    }

    // ---- the public side ----

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
        loop.eventLoop().execute(() -> sendLater(copy));
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
            outbound.cancel();
        }
    }

    @Override
    public boolean writable() {
        return !shut && outbound.askForRoom();
    }

    @Override
    public void pauseReading() {
        paused = true;
        channel.config().setAutoRead(false);
    }

    @Override
    public void resumeReading() {
        if (!paused) {
            return;
        }
        paused = false;
        readNanos = loop.nanos();
        if (closeReason != null) {
            return;
        }
        inbound.deliver();
        if (!inbound.delivering()) {
            afterDelivery();
        }
        if (!paused) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public boolean reading() {
        return !paused;
    }

    @Override
    public void framing(Framing framing) {
        this.framing = framing;
    }

    @Override
    public void close() {
        close(CloseReason.LOCAL);
    }

    @Override
    public void close(CloseReason reason) {
        if (!loop.eventLoop().inEventLoop()) {
            loop.eventLoop().execute(() -> close(reason));
            return;
        }
        if (closeReason == null) {
            closeReason = reason;
            if (!inbound.delivering()) {
                shut();
            }
        }
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
        return channel.localAddress();
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

    // ---- the close ----

    private CloseReason closeReason() {
        CloseReason reason = closeReason;
        return reason == null ? CloseReason.TRANSPORT_ERROR : reason;
    }

    private void closeForCause(CloseReason reason) {
        if (closeReason == null && !closingForCause) {
            closingForCause = true;
            if (opened) {
                guarded(() -> handler.closing(this, reason));
            }
            close(reason);
        }
    }

    /** Carries out the close: an orderly one flushes, ends our side and waits for the peer's EOF; any other just closes. */
    private void shut() {
        if (shut) {
            return;
        }
        shut = true;
        inbound.release();
        if (!closeReason().orderly() || !channel.isActive()) {
            channel.close();
            return;
        }
        outbound.flush();
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        var flushed = tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
        flushed.addListener(f -> shutOutput());
        // What still comes is discarded, up to the peer's EOF.
        channel.config().setAutoRead(true);
    }

    private void shutOutput() {
        outputShut = true;
        outputShutNanos = loop.nanos();
        if (eof || !channel.isActive()) {
            channel.close();
        } else {
            channel.shutdownOutput();
        }
    }

    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable t) {
            failed(t);
        }
    }

    private static CloseReason reasonOf(Throwable cause) {
        if (cause instanceof SSLException || cause instanceof DecoderException) {
            return CloseReason.TLS_ERROR;
        }
        String text = String.valueOf(cause.getMessage());
        boolean reset = cause instanceof IOException && (text.contains("reset") || text.contains("Broken pipe"));
        return reset ? CloseReason.PEER_RESET : CloseReason.TRANSPORT_ERROR;
    }
}
