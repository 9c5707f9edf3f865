package dev.gatehouse.net;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The place that a connection has in its server, and, once its address is known, among those of that. Run, it gives both back.
 * On the connection's event loop.
 */
final class ConnectionPlace implements Runnable {
    private final ListeningServer server;
    private @Nullable InetSocketAddress taken;

    /** In the server it has a place already. */
    ConnectionPlace(ListeningServer server) {
        this.server = server;
    }

    /** Takes a place among those of the address; false if that has all that it may. */
    boolean take(InetSocketAddress address) {
        if (!server.addresses().enter(address)) {
            return false;
        }
        taken = address;
        return true;
    }

    @Override
    public void run() {
        InetSocketAddress address = taken;
        if (address != null) {
            taken = null;
            server.addresses().leave(address);
        }
        server.leave();
    }
}
