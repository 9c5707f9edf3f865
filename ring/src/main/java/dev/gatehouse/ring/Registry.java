package dev.gatehouse.ring;

import java.util.List;

/** Where the gateway learns of nodes. Any thread. */
public interface Registry {
    /** The current members of a service, in the order of their ids; empty for a service that nobody knows. */
    List<Member> members(String service);

    /**
     * Calls {@code listener} after every change, with the name of the service. The thread is the registry's; the listener must
     * not block, and reads what it needs with {@link #members}.
     */
    Subscription subscribe(Listener listener);

    /** Hears of changes. */
    @FunctionalInterface
    interface Listener {
        /** The members of {@code service} have changed. */
        void changed(String service);
    }

    /** Ends the calls to a listener. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
