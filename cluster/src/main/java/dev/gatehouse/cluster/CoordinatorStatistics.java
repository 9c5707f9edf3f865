package dev.gatehouse.cluster;

import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.Map;

/**
 * What a coordinator has done since its start, and what there is now.
 *
 * @param leading whether it leads
 * @param unverified connections that haven't proved themselves
 * @param nodes connected nodes
 * @param watchers connected watchers
 * @param operators connected operators
 * @param opened connections accepted
 * @param verified connections that proved themselves
 * @param errors connections that it ended for cause, by code
 * @param lost nodes that were taken as down
 * @param published rings published
 * @param saveFailures times that the store couldn't keep something
 * @param pauses pauses of its own
 * @param rings the rings published last; of version {@link dev.gatehouse.ring.snapshot.RingVersion#NONE} before the first
 */
public record CoordinatorStatistics(
        boolean leading,
        int unverified,
        int nodes,
        int watchers,
        int operators,
        long opened,
        long verified,
        Map<ErrorCode, Long> errors,
        long lost,
        long published,
        long saveFailures,
        long pauses,
        RingSnapshot rings) {}
