package dev.gatehouse.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The bytes of one connection. What the socket doesn't take at once is kept; nothing should be written while something is. */
abstract class Wire {
    private final SocketChannel channel;
    private @Nullable ByteBuffer kept;

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    final SocketChannel channel() {
        return channel;
    }

    /** Begins; the connection is there. */
    abstract void begin() throws IOException;

    /** Whether bytes can be written. */
    abstract boolean ready();

    /** Reads what has come; returns how much the peer sent, or -1 when it has closed its sending side. */
    abstract int read(ByteBuffer into) throws IOException;

    /** Writes all the remaining bytes, or keeps some. */
    abstract void write(ByteBuffer from) throws IOException;

    /** Ends, as well as that goes; the channel is closed by others. */
    abstract void end();

    /** Whether nothing is kept. */
    final boolean idle() {
        return kept == null;
    }

    /** Goes on writing what was kept; returns whether nothing is any more. */
    final boolean flush() throws IOException {
        ByteBuffer rest = kept;
        if (rest != null) {
            channel.write(rest);
            if (!rest.hasRemaining()) {
                kept = null;
            }
        }
        return kept == null;
    }

    /** Writes bytes as they are to the socket, behind those that are kept. */
    final void push(ByteBuffer bytes) throws IOException {
        ByteBuffer before = kept;
        if (before == null) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            int size = bytes.remaining() + (before == null ? 0 : before.remaining());
            ByteBuffer all = ByteBuffer.allocate(size);
            if (before != null) {
                all.put(before);
            }
            kept = all.put(bytes).flip();
        }
    }
}
