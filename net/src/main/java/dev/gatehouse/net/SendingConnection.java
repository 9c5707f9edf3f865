package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A connection's ways to send: on the event loop straight into the outgoing buffer, from other threads through {@link
 * OffLoopSends}. What isn't marked "any thread", in {@link Connection} or here, runs on the event loop.
 */
abstract class SendingConnection extends ClosingConnection {
    final ConnectionOptions options;
    final Outbound outbound;

    private Framing framing;
    /** Made when a thread other than the event loop sends for the first time. */
    private volatile @Nullable OffLoopSends offLoopSends;

    SendingConnection(Endpoint endpoint, SocketChannel channel, InetSocketAddress remoteAddress, Runnable whenGone) {
        super(endpoint, channel, remoteAddress, whenGone);
        options = endpoint.options();
        framing = endpoint.framing();
        outbound = new Outbound(this, channel, loop, endpoint.traffic(loop), options);
    }

    /** What was sent can't be. */
    abstract void failed(Throwable cause);

    /** A send found the queue full, and the policy is to close. */
    abstract void queueFull();

    /** There is room again. */
    abstract void roomAgain();

    Framing framing() {
        return framing;
    }

    @Override
    public void framing(Framing framing) {
        this.framing = framing;
    }

    @Override
    public boolean send(ByteBuf payload) {
        if (!loop.eventLoop().inEventLoop()) {
            return sendOffLoop(ByteBufUtil.getBytes(payload));
        } else if (shut()) {
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
        return closeReason() == null;
    }

    /** Sends, and brings to the future, or to the end of the connection, what is wrong with that. */
    void sendOnLoop(byte[] payload, @Nullable CompletableFuture<Void> written) {
        CloseReason ended = closeReason();
        if (shut() && ended != null) {
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
        CloseReason reason = Objects.requireNonNullElse(closeReason(), CloseReason.PEER_RESET);
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
        if (shut()) {
            dropUnsent();
            return false;
        }
        return outbound.end(framing);
    }

    @Override
    public void cancelMessage() {
        if (shut()) {
            dropUnsent();
        } else {
            outbound.cancelUnfinished();
        }
    }

    /** Drops what was not handed to the transport. */
    void dropUnsent() {
        outbound.release(Objects.requireNonNullElse(closeReason(), CloseReason.LOCAL));
    }

    @Override
    public boolean writable() {
        return !shut() && outbound.askForRoom();
    }

    /** Somebody was told that there is no room: tells the handler when there is. */
    void tellOfRoom() {
        if (!shut() && outbound.askForRoom()) {
            roomAgain();
        }
    }

    private OffLoopSends offLoopSends() {
        OffLoopSends sends = offLoopSends;
        if (sends == null) {
            synchronized (outbound) {
                sends = offLoopSends;
                if (sends == null) {
                    sends = new OffLoopSends(this, channel, options);
                    offLoopSends = sends;
                }
            }
        }
        return sends;
    }

    /** There may be room, or nothing to wait for any more: wakes who waits. Any thread. */
    @Override
    void wakeSenders() {
        OffLoopSends sends = offLoopSends;
        if (sends != null) {
            sends.wake();
        }
    }
}
