package dev.gatehouse.bench;

import java.time.Duration;
import java.util.Set;

/**
 * How a run is done.
 *
 * @param turns how often each is measured
 * @param window how long, each time
 * @param clients how many are connected
 * @param only the ids of those that are measured; empty for all
 */
record Options(int turns, Duration window, int clients, Set<String> only) {
    /** Whether a contestant is to be measured. */
    boolean includes(String id) {
        return only.isEmpty() || only.contains(id);
    }
}
