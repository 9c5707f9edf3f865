package dev.gatehouse.ring;

import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.List;
import java.util.Optional;

/** Where the gateway learns of nodes. Any thread. */
public interface Registry {
    /** The current members of a service, in the order of their ids; empty for a service that nobody knows. */
    List<Member> members(String service);

    /**
     * The newest rings, if it is a ring that says who of the service's members serves a user; they are those of all services. {@link #members}
     * may be of a newer snapshot than what this has just given, but then the listeners are told afterwards.
     */
    default Optional<RingSnapshot> rings(String service) {
        return Optional.empty();
    }

    /**
     * Calls {@code listener} after every change, also of a ring alone, with the name of the service. The thread is the registry's; the listener must
     * not block, and reads what it needs with {@link #members}.
     */
    Subscription subscribe(Listener listener);

    /** Hears of changes. */
    @FunctionalInterface
    interface Listener {
        /** The members of {@code service}, or its ring, have changed. */
        void changed(String service);
    }

    /** Ends the calls to a listener. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
