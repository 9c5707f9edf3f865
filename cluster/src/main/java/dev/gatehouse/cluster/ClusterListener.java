package dev.gatehouse.cluster;

import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;

/**
 * What a participant hears of its coordinators. All calls come on one event loop, in the order of the events, and must not block.
 */
public interface ClusterListener {
    /** New rings; each is later than the one before, and some may be left out. */
    default void rings(RingSnapshot rings) {}

    /**
     * Both sides have proved themselves; rings follow.
     *
     * @param coordinator the coordinator's address
     * @param assignedId our slot there, from 0
     */
    default void connected(String coordinator, int assignedId) {}

    /**
     * There is no coordinator now: the connection has ended, or couldn't be made; after {@code wait} the next address is tried. The rings that
     * came last stay valid.
     *
     * @param why a sentence
     */
    default void disconnected(String why, Duration wait) {}
}
