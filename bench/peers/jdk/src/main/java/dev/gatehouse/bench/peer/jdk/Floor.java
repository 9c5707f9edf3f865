package dev.gatehouse.bench.peer.jdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * The floor: plain java.nio, one loop, and one buffer that all connections read into and write from. Frames are found and given back
 * in place; nothing is limited, timed or counted.
 */
public final class Floor {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Frames frames;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Selector selector = Selector.open();

    private Floor(Frames frames) throws IOException {
        this.frames = frames;
    }

    /** Listens on a free port, and prints it. Argument: {@code length} or {@code lines}. */
    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    public static void main(String[] arguments) throws IOException {
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        System.out.println("ready " + listener.socket().getLocalPort());
        new Floor(Frames.valueOf(arguments[0].toUpperCase(Locale.ROOT))).serve(listener);
    }

    private void serve(ServerSocketChannel listener) throws IOException {
        listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            selector.select(this::ready);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.attachment() instanceof Peer peer) {
                peer.turn(key);
            } else {
                accept((ServerSocketChannel) key.channel());
            }
        } catch (IOException e) {
            key.cancel();
            close(key);
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, new Peer(channel));
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket can't be closed", e);
        }
    }

    /** A connection: what is left of it between two turns. */
    private final class Peer {
        private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

        private final SocketChannel channel;
        private ByteBuffer rest = NOTHING;
        private ByteBuffer unsent = NOTHING;

        Peer(SocketChannel channel) {
            this.channel = channel;
        }

        void turn(SelectionKey key) throws IOException {
            if (unsent.hasRemaining()) {
                channel.write(unsent);
                key.interestOps(unsent.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                return;
            }
            buffer.clear().put(rest);
            if (channel.read(buffer) < 0) {
                key.cancel();
                channel.close();
                return;
            }
            int limit = buffer.position();
            int whole = whole(limit);
            channel.write(buffer.limit(whole).position(0));
            if (buffer.hasRemaining()) {
                unsent = copy(buffer);
                key.interestOps(SelectionKey.OP_WRITE);
            }
            rest = copy(buffer.limit(limit).position(whole));
        }

        /** The end of the last frame that has come whole. */
        private int whole(int limit) {
            int whole = 0;
            for (int end = frames.end(buffer, 0, limit); end >= 0; end = frames.end(buffer, end, limit)) {
                whole = end;
            }
            return whole;
        }

        private static ByteBuffer copy(ByteBuffer bytes) {
            return bytes.hasRemaining()
                    ? ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()
                    : NOTHING;
        }
    }
}
