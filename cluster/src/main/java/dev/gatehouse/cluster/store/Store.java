package dev.gatehouse.cluster.store;

import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.membership.Memberships;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where a coordinator keeps what must outlive it, and where several coordinators settle who of them leads. One store object serves one
 * coordinator. What it promises is held by the suite {@code StoreContract} in the test jar.
 */
public interface Store extends AutoCloseable {
    /**
     * Takes part in the election from now on; called once. The candidate hears how it goes, the first time before this returns or later.
     *
     * @param address where participants reach this coordinator, {@code HOST:PORT}, for those that don't lead to tell
     * @throws StoreException if the operator has to mend something: what is kept is damaged, or somebody else uses it, or the candidate
     *     can't go on from it; a store that finds that out later says it by {@link #trouble}
     */
    void campaign(String address, Candidate candidate);

    /**
     * Keeps these memberships in the place of those before, whole or not at all, and only while this coordinator leads. One call at a time: the
     * next comes after the one before has completed.
     *
     * @return completes once nothing but the loss of the medium can undo it; exceptionally with a {@link StoreException} if it isn't certain that
     *     they are kept. On any thread
     */
    CompletableFuture<Void> save(Memberships memberships);

    /**
     * Whether what belongs to this epoch may still go out: not once the lead of that epoch is over, or, by the clock, could be. A coordinator asks before
     * all else that it does, so that one that stood still doesn't go on where another one leads by now. Never waits; any thread.
     */
    default boolean mayPublish(long epoch) {
        return true;
    }

    /** The longest RING, in bytes of its body, whose memberships it can keep; by default as long as RING may be at all. Always the same; any thread. */
    default int ringBytesMax() {
        return MembershipSettings.RING_BYTES_MAX;
    }

    /** Why nothing can be kept at the moment, in a sentence for whoever operates it; empty if it can. Never waits; any thread. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** Gives the lead up; what is kept stays. */
    @Override
    void close();

    /** A store that forgets all with its process, for one coordinator, which always leads. */
    static Store inMemory() {
        return new MemoryStore();
    }

    /** A coordinator that takes part in an election. Calls come on a thread of the store, in their order, and don't block. */
    interface Candidate {
        /**
         * It is about to lead, and to go on from what was kept.
         *
         * @throws StoreException if its settings don't let it, which the operator has to mend; then it doesn't lead
         */
        default void check(Memberships kept) {}

        /**
         * It leads from now on.
         *
         * @param epoch above every epoch in which anybody has led
         * @param kept what the last leader saved; {@link Memberships#NONE} if there was none
         */
        void leads(long epoch, Memberships kept);

        /**
         * It doesn't lead, or no longer: what it saves now would be refused.
         *
         * @param leader the address of whoever leads, where it is known
         */
        void follows(Optional<String> leader);
    }
}
