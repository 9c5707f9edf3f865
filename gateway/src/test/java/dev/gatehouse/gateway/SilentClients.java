package dev.gatehouse.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A program that opens connections, sends nothing on them, and keeps them until its input ends. Arguments: port, count. */
final class SilentClients {
    private SilentClients() {}

    @SuppressWarnings("SystemOut") // Its output is how the test hears of it.
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
            channels.add(SocketChannel.open(address));
        }
        System.out.println("open " + channels.size());
        while (System.in.read() >= 0) {
            // Waits for the end.
        }
    }
}
