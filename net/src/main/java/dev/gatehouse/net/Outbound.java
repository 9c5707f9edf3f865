package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection's way out: one buffer that messages are framed into, flushed once a turn. On the event loop. */
final class Outbound {
    private static final int NONE = -1;
    private static final int INITIAL_BYTES = 256;
    /** A turn that writes more than this hands the buffer to the transport and goes on in a new one. */
    private static final int BUFFER_BYTES_MAX = 64 << 10;

    private final SendingConnection connection;
    private final Channel channel;
    private final Loop loop;
    private final Traffic traffic;
    private final ConnectionOptions options;

    private @Nullable ByteBuf buffer;
    /** While bytes wait in the transport. */
    private @Nullable WriteProgress progress;
    /** Who waits until the buffer has been written; made when somebody does. */
    private @Nullable ArrayList<CompletableFuture<Void>> written;

    private int messageStart = NONE;
    private int expectedBytes = INITIAL_BYTES;
    private boolean flushPending;
    private boolean roomWanted;
    /** The queue was full, and the connection ends by that: nothing is added to it any more. */
    private boolean dropping;

    Outbound(SendingConnection connection, Channel channel, Loop loop, Traffic traffic, ConnectionOptions options) {
        this.connection = connection;
        this.channel = channel;
        this.loop = loop;
        this.traffic = traffic;
        this.options = options;
    }

    /** What the transport has taken and not yet written. Any thread. */
    static long queuedBytes(Channel channel) {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    ByteBuf begin(Framing framing) {
        if (messageStart != NONE) {
            throw new IllegalStateException("a message was begun and not ended");
        }
        if (roomWanted && queuedBytes(channel) >= options.queueBytesMax()) {
            full();
        }
        ByteBuf out = buffer;
        if (out == null) {
            out = channel.alloc().directBuffer(expectedBytes);
            buffer = out;
        }
        messageStart = out.writerIndex();
        framing.begin(out);
        return out;
    }

    boolean end(Framing framing) {
        ByteBuf out = buffer;
        int start = messageStart;
        if (out == null || start == NONE) {
            throw new IllegalStateException("no message was begun");
        }
        if (dropping) {
            cancelUnfinished();
            return false;
        }
        try {
            framing.end(out, start);
        } catch (RuntimeException e) {
            cancelUnfinished();
            throw e;
        }
        messageStart = NONE;
        traffic.messagesOut++;
        traffic.bytesOut += out.writerIndex() - start;
        if (!flushPending) {
            flushPending = true;
            loop.flushAtEndOfTurn(this);
        }
        if (out.readableBytes() >= BUFFER_BYTES_MAX) {
            handOver();
        }
        return askForRoom();
    }

    /** As {@link #end}; the future completes when the transport has written the message. */
    void end(Framing framing, CompletableFuture<Void> whenWritten) {
        ArrayList<CompletableFuture<Void>> all = written;
        if (all == null) {
            all = new ArrayList<>();
            written = all;
        }
        all.add(whenWritten);
        try {
            end(framing);
        } catch (RuntimeException e) {
            all.removeLast();
            throw e;
        }
    }

    /** Whether there is room; if not, the handler is told once there is. */
    boolean askForRoom() {
        boolean room = writable();
        roomWanted |= !room;
        return room;
    }

    /** Takes back a message that was begun and not ended; a connection that fails must not send a half of one. */
    void cancelUnfinished() {
        ByteBuf out = buffer;
        if (out != null && messageStart != NONE) {
            out.writerIndex(messageStart);
        }
        messageStart = NONE;
    }

    /** Gives everything to the transport and flushes it. */
    void flush() {
        flushPending = false;
        handOver();
        channel.flush();
        roomAgain();
    }

    /** Tells the handler that there is room, if it waits for that. */
    void roomAgain() {
        if (roomWanted && writable()) {
            roomWanted = false;
            connection.roomAgain();
        }
    }

    /** Drops what was not handed over; nothing else is sent. */
    void release(CloseReason reason) {
        messageStart = NONE;
        ByteBuf out = buffer;
        if (out != null) {
            buffer = null;
            out.release();
        }
        List<CompletableFuture<Void>> waiting = written;
        written = null;
        if (waiting != null) {
            waiting.forEach(f -> f.completeExceptionally(new NotSentException(reason)));
        }
    }

    /** Whether bytes wait and the peer has taken none of them for so long. */
    boolean stalled(long now, long timeoutNanos) {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        if (queue == null || queue.isEmpty()) {
            progress = null;
            return false;
        }
        if (progress == null) {
            progress = new WriteProgress();
        }
        return progress.stalled(queue, now, timeoutNanos);
    }

    private boolean writable() {
        ByteBuf out = buffer;
        return channel.isWritable() && (out == null || out.readableBytes() < options.highWatermarkBytes());
    }

    private void full() {
        if (options.queuePolicy() != QueuePolicy.CLOSE) {
            throw new QueueFullException(options.queueBytesMax());
        }
        dropping = true;
        connection.queueFull();
    }

    private void handOver() {
        cancelUnfinished();
        ByteBuf out = buffer;
        List<CompletableFuture<Void>> waiting = written;
        if (out != null && (out.isReadable() || waiting != null)) {
            buffer = null;
            written = null;
            // As large as the last turn needed, so that it doesn't grow step by step.
            expectedBytes = Math.clamp(out.readableBytes(), INITIAL_BYTES, BUFFER_BYTES_MAX);
            if (waiting == null) {
                channel.write(out, channel.voidPromise());
            } else {
                channel.write(out).addListener(f -> connection.written(waiting, f.isSuccess()));
            }
        }
    }
}
