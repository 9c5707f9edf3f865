package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.store.Store;

/** What outlives simulated coordinators. */
interface SimulatedMedium {
    /** The store as a new life of a coordinator opens it. */
    Store open(SimulatedCoordinator coordinator);
}
