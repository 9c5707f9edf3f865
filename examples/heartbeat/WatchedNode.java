package heartbeat;

import java.net.InetSocketAddress;

/** A node as its master knows it. On the master's event loop. */
final class WatchedNode {
    private final String name;
    private final InetSocketAddress address;
    private boolean pinging;
    private int misses;

    WatchedNode(String name, InetSocketAddress address) {
        this.name = name;
        this.address = address;
    }

    String name() {
        return name;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Whether it may be pinged now: one ping at a time. */
    boolean beginPing() {
        boolean begins = !pinging;
        pinging = true;
        return begins;
    }

    /** Returns how many pings in a row it has missed now. */
    int endPing(boolean answered) {
        pinging = false;
        misses = answered ? 0 : misses + 1;
        return misses;
    }
}
