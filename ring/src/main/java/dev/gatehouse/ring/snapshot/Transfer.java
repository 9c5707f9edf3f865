package dev.gatehouse.ring.snapshot;

import java.util.Optional;

/**
 * A range of keys that goes from one member to another.
 *
 * @param service whose ring
 * @param from the id of the member that owns it until then; empty if nobody does
 * @param to the id of the member that owns it from then on
 * @param range which keys, by their hashes
 */
public record Transfer(String service, Optional<String> from, String to, HashRange range) {
    /** Whether the member gives or takes it. */
    public boolean concerns(String id) {
        return to.equals(id) || from.filter(id::equals).isPresent();
    }
}
