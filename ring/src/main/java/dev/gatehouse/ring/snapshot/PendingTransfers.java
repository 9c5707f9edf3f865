package dev.gatehouse.ring.snapshot;

import java.util.List;

/**
 * A change that isn't current yet, as RING tells of it.
 *
 * @param transferId what the members concerned report with; above 0
 * @param transfers what it moves; never empty, ordered by start
 */
public record PendingTransfers(long transferId, List<Transfer> transfers) {
    public PendingTransfers {
        transfers = List.copyOf(transfers);
        if (transferId < 1) {
            throw new IllegalArgumentException("transferId: " + transferId + " (expected: 1 or more)");
        }
    }
}
