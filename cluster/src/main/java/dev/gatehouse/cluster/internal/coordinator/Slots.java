package dev.gatehouse.cluster.internal.coordinator;

import java.util.BitSet;

/** The slots of verified connections; the lowest free one is given. On the loop. */
final class Slots {
    private final BitSet taken = new BitSet();

    int take() {
        int slot = taken.nextClearBit(0);
        taken.set(slot);
        return slot;
    }

    void free(int slot) {
        taken.clear(slot);
    }

    int count() {
        return taken.cardinality();
    }
}
