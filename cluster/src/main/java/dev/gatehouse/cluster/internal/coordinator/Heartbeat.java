package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.internal.message.Message;

/**
 * The pings of one connection. A ping that is unanswered when the next one is due is a miss, unless the coordinator's own loop was late
 * meanwhile. On the loop.
 */
final class Heartbeat {
    private final Peer peer;
    private final LoopClock clock;
    private final long intervalNanos;
    private final int missesAllowed;

    private int sent;
    private int answered;
    private int confirmedFrom;
    private int misses;
    private long sentNanos;

    Heartbeat(Peer peer, LoopClock clock, long intervalNanos, int missesAllowed) {
        this.peer = peer;
        this.clock = clock;
        this.intervalNanos = intervalNanos;
        this.missesAllowed = missesAllowed;
        sentNanos = clock.now();
    }

    /**
     * Pings, if it is time.
     *
     * @param excused whether a miss wouldn't count now
     * @return whether so many pings in a row are missing that the peer counts as silent
     */
    boolean beat(boolean excused) {
        if (!clock.reached(sentNanos + intervalNanos)) {
            return false;
        }
        if (sent != answered && !excused && clock.onTimeSince(sentNanos)) {
            misses++;
        }
        if (misses >= missesAllowed) {
            return true;
        }
        ping();
        return false;
    }

    /** Pings now; returns the ping's number. */
    int ping() {
        sentNanos = clock.now();
        peer.send(new Message.Ping(++sent));
        return sent;
    }

    /** An answer came. One to a ping that was never sent says nothing. */
    void pong(int number) {
        if (number - answered > 0 && number - sent <= 0) {
            answered = number;
            misses = 0;
        }
    }

    /** Whether this ping, or a later one, was answered. */
    boolean answered(int number) {
        return answered - number >= 0;
    }

    /** Pings now, and counts the peer as unconfirmed until it answers. */
    void doubt() {
        misses = 0;
        confirmedFrom = ping();
    }

    boolean confirmed() {
        return answered(confirmedFrom);
    }
}
