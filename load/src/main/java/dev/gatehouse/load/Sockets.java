package dev.gatehouse.load;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Makes the sockets of a load, from its source addresses in turn. */
final class Sockets {
    private final StandardProtocolFamily family;
    private final List<InetAddress> sources;

    Sockets(LoadConfig config) {
        InetAddress to = config.address().getAddress();
        family = to instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        sources = config.sources();
    }

    /** A socket for this client, which isn't connected yet. */
    SocketChannel open(int client) throws IOException {
        SocketChannel channel = SocketChannel.open(family);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (!sources.isEmpty()) {
                channel.bind(new InetSocketAddress(sources.get(client % sources.size()), 0));
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
