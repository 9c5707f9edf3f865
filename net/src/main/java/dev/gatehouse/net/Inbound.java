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
    void atEof() {
        cut.atEof();
        if (rest == null) {
            rest = allocator.buffer(0);
        }
    }

    void framingChanged() {
        cut.startFrame();
    }

    /** Delivers what is there, as far as the connection takes it. */
    void deliver() {
        ByteBuf in = rest;
        if (in == null || delivering) {
            return;
        }
        delivering = true;
        try {
            while (connection.takesMessages() && !complete && (in.isReadable() || cut.eof()) && next(in)) {}
        } catch (Throwable t) {
            connection.failed(t);
        } finally {
            delivering = false;
        }
        keep(in);
    }

    /** Whether {@link #deliver} is under way. */
    boolean delivering() {
        return delivering;
    }

    /** Whether there is something that {@link #deliver} could look at. */
    boolean waits() {
        return rest != null;
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
        int from = in.readerIndex();
        int limit = in.writerIndex();
        int start = from + cut.before();
        int end = start + cut.length();
        int next = end + cut.after();
        complete = cut.eof() && next == limit;
        if (next == from && !complete) {
            throw new IllegalStateException("the framing found a frame without bytes; it would find it for ever");
        }
        cut.startFrame();
        in.setIndex(start, end);
        connection.message(in);
        in.setIndex(next, limit);
        return true;
    }

    private void keep(ByteBuf in) {
        if (connection.closing() || (!in.isReadable() && !(cut.eof() && !complete))) {
            rest = null;
            in.release();
        } else if (connection.takesMessages() && in.readableBytes() < in.capacity() / 4) {
            // The rest of a frame that hasn't come whole must not hold on to the large buffer that it was read into.
            rest = allocator.buffer(in.readableBytes()).writeBytes(in);
            in.release();
        }
    }

    /** Doubles, so that a peer that sends byte by byte doesn't make us copy its frame for each of them. */
    private ByteBuf append(ByteBuf in, ByteBuf read) {
        if (in.writableBytes() < read.readableBytes()) {
            int have = in.readableBytes() + read.readableBytes();
            int wanted = cut.needed() > have ? Math.min(cut.needed(), 2 * have) : 2 * have;
            ByteBuf larger = allocator.buffer(Math.max(have, wanted)).writeBytes(in);
            in.release();
            in = larger;
        }
        in.writeBytes(read);
        read.release();
        return in;
    }
}
