package dev.gatehouse.net;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The place that a connection has among those of its address, once that is known. On the connection's event loop. */
final class AddressPlace {
    private final AddressCounts counts;
    private @Nullable InetSocketAddress taken;

    AddressPlace(AddressCounts counts) {
        this.counts = counts;
    }

    /** Takes a place; false if the address has all that it may. */
    boolean take(InetSocketAddress address) {
        if (!counts.enter(address)) {
            return false;
        }
        taken = address;
        return true;
    }

    /** Gives the place back, if there is one. */
    void leave() {
        InetSocketAddress address = taken;
        if (address != null) {
            taken = null;
            counts.leave(address);
        }
    }
}
