package dev.gatehouse.ring.snapshot;

import java.util.List;
import java.util.Optional;

/** Who owns a key, by some implementation. */
@FunctionalInterface
interface OwnerFunction {
    /** The id of the owner; empty if nobody owns. */
    Optional<String> owner(String key);

    /** Makes such a function from members. */
    @FunctionalInterface
    interface Maker {
        OwnerFunction of(RingSettings settings, List<RingMember> members);
    }
}
