package dev.gatehouse.cluster.internal.participant;

import dev.gatehouse.net.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect. Waits grow from one failure to the next, and begin anew once a connection was verified for longer
 * than the wait before it: a coordinator that takes us and drops us at once isn't asked more and more often. On the link's event loop.
 */
final class Attempts {
    private final Backoff backoff;
    private final RandomGenerator random;

    private int failures;
    private Duration lastWait = Duration.ZERO;

    Attempts(Backoff backoff, RandomGenerator random) {
        this.backoff = backoff;
        this.random = random;
    }

    /** No connection came about. */
    Duration failed() {
        lastWait = backoff.after(++failures, random);
        return lastWait;
    }

    /** A connection that was verified for so long has ended. */
    Duration ended(Duration verifiedFor) {
        if (verifiedFor.compareTo(lastWait) > 0) {
            failures = 0;
        }
        return failed();
    }
}
