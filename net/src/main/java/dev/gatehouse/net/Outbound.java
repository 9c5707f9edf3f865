package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** A connection's way out: one buffer that messages are framed into, flushed once a turn. On the event loop. */
final class Outbound {
    private static final int INITIAL_BYTES = 256;
    /** A turn that writes more than this hands the buffer to the transport and goes on in a new one. */
    private static final int BUFFER_BYTES_MAX = 64 << 10;

    private final FramedConnection connection;
    private final Channel channel;
    private final Loop loop;
    private final Traffic traffic;
    private final int highWatermarkBytes;

    private @Nullable ByteBuf buffer;
    private int messageStart;
    private boolean flushPending;
    private boolean roomWanted;

    private int stuckHead;
    private long stuckProgress;
    private long progressNanos;

    Outbound(FramedConnection connection, Channel channel, Loop loop, Traffic traffic, int highWatermarkBytes) {
        this.connection = connection;
        this.channel = channel;
        this.loop = loop;
        this.traffic = traffic;
        this.highWatermarkBytes = highWatermarkBytes;
    }

    ByteBuf begin(Framing framing) {
        ByteBuf out = buffer;
        if (out == null) {
            out = channel.alloc().directBuffer(INITIAL_BYTES);
            buffer = out;
        }
        messageStart = out.writerIndex();
        framing.begin(out);
        return out;
    }

    boolean end(Framing framing) {
        ByteBuf out = current();
        try {
            framing.end(out, messageStart);
        } catch (RuntimeException e) {
            cancel();
            throw e;
        }
        traffic.messagesOut++;
        traffic.bytesOut += out.writerIndex() - messageStart;
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

    void cancel() {
        current().writerIndex(messageStart);
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
            connection.room();
        }
    }

    void release() {
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
        // it.
        int head = queue == null ? 0 : System.identityHashCode(queue.current());
        long progress = queue == null ? 0 : queue.currentProgress();
        if (head == 0 || head != stuckHead || progress != stuckProgress) {
            stuckHead = head;
            stuckProgress = progress;
            progressNanos = now;
            return false;
        }
        return now - progressNanos >= timeoutNanos;
    }

    private void handOver() {
        ByteBuf out = buffer;
        if (out != null && out.isReadable()) {
            buffer = null;
            channel.write(out, channel.voidPromise());
        }
    }

    private ByteBuf current() {
        ByteBuf out = buffer;
        if (out == null) {
            throw new IllegalStateException("no message was begun");
        }
        return out;
    }
}
