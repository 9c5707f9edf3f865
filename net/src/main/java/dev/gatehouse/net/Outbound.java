package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** A connection's way out: one buffer that messages are framed into, flushed once a turn. On the event loop. */
final class Outbound {
    private static final int NONE = -1;
    private static final int INITIAL_BYTES = 256;
    /** A turn that writes more than this hands the buffer to the transport and goes on in a new one. */
    private static final int BUFFER_BYTES_MAX = 64 << 10;

    private final FramedConnection connection;
    private final Channel channel;
    private final Loop loop;
    private final Traffic traffic;
    private final int highWatermarkBytes;

    private @Nullable ByteBuf buffer;
    private int messageStart = NONE;
    private int expectedBytes = INITIAL_BYTES;
    private boolean flushPending;
    private boolean roomWanted;

    private int stuckHead;
    private long stuckProgress;
    private long stuckWaiting;
    private long progressNanos;

    Outbound(FramedConnection connection, Channel channel, Loop loop, Traffic traffic, int highWatermarkBytes) {
        this.connection = connection;
        this.channel = channel;
        this.loop = loop;
        this.traffic = traffic;
        this.highWatermarkBytes = highWatermarkBytes;
    }

    ByteBuf begin(Framing framing) {
        if (messageStart != NONE) {
            throw new IllegalStateException("a message was begun and not ended");
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

    private boolean writable() {
        ByteBuf out = buffer;
        return channel.isWritable() && (out == null || out.readableBytes() < highWatermarkBytes);
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

    void release() {
        messageStart = NONE;
        ByteBuf out = buffer;
        if (out != null) {
            buffer = null;
            out.release();
        }
    }

    /** Whether bytes wait and the peer has taken none of them for so long. */
    boolean stalled(long now, long timeoutNanos) {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        // The identity of the buffer that is being written, 0 for none: holding on to the buffer itself would outlive
        // it. Buffers are pooled, so the same one may be another; then less waits than before.
        int head = queue == null ? 0 : System.identityHashCode(queue.current());
        long progress = queue == null ? 0 : queue.currentProgress();
        long waiting = queue == null ? 0 : queue.totalPendingWriteBytes();
        if (head == 0 || head != stuckHead || progress != stuckProgress || waiting < stuckWaiting) {
            stuckHead = head;
            stuckProgress = progress;
            progressNanos = now;
        }
        stuckWaiting = waiting;
        return head != 0 && now - progressNanos >= timeoutNanos;
    }

    private void handOver() {
        cancelUnfinished();
        ByteBuf out = buffer;
        if (out != null && out.isReadable()) {
            buffer = null;
            // As large as the last turn needed, so that it doesn't grow step by step.
            expectedBytes = Math.clamp(out.readableBytes(), INITIAL_BYTES, BUFFER_BYTES_MAX);
            channel.write(out, channel.voidPromise());
        }
    }
}
