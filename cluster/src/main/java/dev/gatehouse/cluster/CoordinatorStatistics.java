package dev.gatehouse.cluster;

import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.Map;
import java.util.Optional;

/**
 * What a coordinator has done since its start, and what there is now.
 *
 * @param leading whether it leads
 * @param leader the address of whoever leads, if that is another and known
 * @param trouble why the store can keep nothing at the moment, in a sentence; empty if it can
 * @param unverified connections that haven't proved themselves
 * @param nodes connected nodes
 * @param watchers connected watchers
 * @param operators connected operators
 * @param opened connections accepted
 * @param turnedAway connections that were closed without a word, because there were too many of all kinds together
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
        Optional<String> leader,
        Optional<String> trouble,
        int unverified,
        int nodes,
        int watchers,
        int operators,
        long opened,
        long turnedAway,
        long verified,
        Map<ErrorCode, Long> errors,
        long lost,
        long published,
        long saveFailures,
        long pauses,
        RingSnapshot rings) {}
