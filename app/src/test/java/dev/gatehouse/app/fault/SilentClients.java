package dev.gatehouse.app.fault;

import dev.gatehouse.net.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A process that holds connections and sends nothing, {@code HOST:PORT COUNT}: it says {@code open} when it has them all, and
 * {@code closed} when the server has closed them all.
 */
final class SilentClients {
    private static final long LIFE_NANOS = Duration.ofMinutes(3).toNanos();

    private SilentClients() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server = Address.parse(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Selector selector = Selector.open();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        say("open");
        awaitEnds(selector);
        say("closed");
    }

    private static void awaitEnds(Selector selector) throws IOException {
        ByteBuffer nothing = ByteBuffer.allocate(1);
        long end = System.nanoTime() + LIFE_NANOS;
        while (!selector.keys().isEmpty() && System.nanoTime() - end < 0) {
            selector.select(1000);
            for (SelectionKey key : selector.selectedKeys()) {
                if (((SocketChannel) key.channel()).read(nothing) >= 0) {
                    throw new IOException("the server said something");
                }
                key.channel().close();
            }
            selector.selectedKeys().clear();
            selector.selectNow();
        }
        if (!selector.keys().isEmpty()) {
            throw new IOException(selector.keys().size() + " are still open");
        }
    }

    // The test reads it.
    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }
}
