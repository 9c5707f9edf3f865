package dev.gatehouse.ring.membership;

import dev.gatehouse.ring.snapshot.PendingTransfers;
import java.util.SortedSet;

/**
 * The change that is under way.
 *
 * @param change what changes
 * @param moved its transfers, and their id
 * @param awaited ids of the members whose report (state 1 with the id) is still missing; never empty
 * @param sinceMillis since when it is pending, on the coordinator's clock
 */
public record PendingChange(Change change, PendingTransfers moved, SortedSet<String> awaited, long sinceMillis) {}
