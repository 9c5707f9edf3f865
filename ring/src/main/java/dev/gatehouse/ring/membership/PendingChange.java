package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.snapshot.PendingTransfers;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The change that is under way.
 *
 * @param change what changes
 * @param moved its transfers, and their id
 * @param awaited ids of the members whose report (state 1 with the id) is still missing
 * @param sinceMillis since when it is pending, on the coordinator's clock
 */
public record PendingChange(Change change, PendingTransfers moved, SortedSet<String> awaited, long sinceMillis) {
    public PendingChange {
        awaited = Collections.unmodifiableSortedSet(new TreeSet<>(awaited));
    }

    /** Without waiting for this member any more. */
    PendingChange reportedBy(String id) {
        TreeSet<String> rest = new TreeSet<>(awaited);
        rest.remove(id);
        return new PendingChange(change, moved, rest, sinceMillis);
    }

    PendingChange since(long nowMillis) {
        return new PendingChange(change, moved, awaited, nowMillis);
    }
}
