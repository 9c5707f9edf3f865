package dev.gatehouse.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections each peer has. An IPv4 address is a peer, and so is an IPv6 network of 64 bits, because one host
 * usually has all of it. Any thread.
 */
final class AddressCounts {
    private final int max;
    private final ConcurrentHashMap<Object, Integer> counts = new ConcurrentHashMap<>();

    /** Counts up to {@code max} for each; 0 for no limit, and nothing is counted then. */
    AddressCounts(int max) {
        this.max = max;
    }

    /** Takes a place for a connection; false if its peer has all that it may. */
    boolean enter(InetSocketAddress remote) {
        if (max == 0) {
            return true;
        }
        Object peer = peer(remote);
        if (counts.merge(peer, 1, Integer::sum) <= max) {
            return true;
        }
        leave(peer);
        return false;
    }

    /** Gives the place of a connection back. */
    void leave(InetSocketAddress remote) {
        if (max > 0) {
            leave(peer(remote));
        }
    }

    /** How many peers are known. */
    int size() {
        return counts.size();
    }

    private void leave(Object peer) {
        counts.computeIfPresent(peer, (same, n) -> n == 1 ? null : n - 1);
    }

    private static Object peer(InetSocketAddress remote) {
        InetAddress address = remote.getAddress();
        return address instanceof Inet6Address six
                ? (Object) ByteBuffer.wrap(six.getAddress()).getLong()
                : address;
    }
}
