package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A connection's way in: asks the framing in a loop over what was read and hands each payload on, in place. Only the rest of
 * a frame that has not come whole is kept, in a buffer that grows with what has really come. On the event loop.
 */
final class Inbound {
    private final FramedConnection connection;
    private final ByteBufAllocator allocator;
    private final Cut cut = new Cut();

    private @Nullable ByteBuf rest;
    private boolean delivering;
    /** The last frame before the peer's EOF was delivered. */
    private boolean complete;

    Inbound(FramedConnection connection, ByteBufAllocator allocator) {
        this.connection = connection;
        this.allocator = allocator;
    }

    /** Takes what was read, and ownership of the buffer. */
    void feed(ByteBuf read) {
        ByteBuf in = rest;
        rest = in == null ? read : append(in, read);
        deliver();
    }

    /** The peer has closed its sending side: {@code untilEof} framings now know where their frame ends. */
    void eof() {
        cut.atEof();
        if (rest == null && !complete) {
            rest = allocator.buffer(0);
        }
        deliver();
    }

    /** Delivers what is there, as far as the connection takes it. */
    void deliver() {
        ByteBuf in = rest;
        if (in == null || delivering) {
            return;
        }
        delivering = true;
        try {
            while (connection.takesMessages() && (in.isReadable() || cut.eof()) && !complete && next(in)) {}
        } catch (Throwable t) {
            connection.failed(t);
        } finally {
            delivering = false;
        }
        keep(in);
    }

    /** Whether a handler's callback is under way. */
    boolean delivering() {
        return delivering;
    }

    void release() {
        ByteBuf in = rest;
        if (in != null && !delivering) {
            rest = null;
            in.release();
        }
    }

    private boolean next(ByteBuf in) {
        if (!connection.framing().next(in, cut)) {
            return false;
        }
        int start = in.readerIndex() + cut.before();
        int end = start + cut.length();
        int next = end + cut.after();
        int limit = in.writerIndex();
        complete = cut.eof() && next == limit;
        cut.startFrame();
        in.setIndex(start, end);
        connection.message(in);
        in.setIndex(next, limit);
        return true;
    }

    private void keep(ByteBuf in) {
        if (connection.discards() || !in.isReadable()) {
            rest = null;
            in.release();
        } else if (connection.takesMessages() && in.readableBytes() < in.capacity() / 4) {
            // The rest of a frame that hasn't come whole must not hold on to the large buffer that it was read into.
            rest = allocator.buffer(in.readableBytes()).writeBytes(in);
            in.release();
        }
    }

    private ByteBuf append(ByteBuf in, ByteBuf read) {
        int have = in.readableBytes() + read.readableBytes();
        if (in.writableBytes() < read.readableBytes()) {
            int capacity = Math.max(have, Math.min(cut.needed(), 2 * have));
            ByteBuf larger = allocator.buffer(capacity).writeBytes(in);
            in.release();
            in = larger;
        }
        in.writeBytes(read);
        read.release();
        return in;
    }
}
