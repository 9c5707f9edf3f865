package dev.gatehouse.gateway.internal.link;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node lives: a ping at each interval on one attachment that isn't held back, once more on another one if that ends
 * or nothing is heard of the node within an interval, then it counts as dead (PROTOCOLS.md, section 4). Whatever the node sends,
 * on any attachment, shows that it lives: the answer itself may wait behind packets that the service is slow to take.
 */
final class Pings {
    private final Link link;
    private final long intervalNanos;
    private @Nullable Pinged asked;
    private boolean again;
    private boolean waiting;
    private long sentNanos;
    private int next;

    Pings(Link link, long intervalNanos) {
        this.link = link;
        this.intervalNanos = intervalNanos;
        sentNanos = link.service().loop().nanos();
    }

    void tick(long now) {
        if (link.idle()) {
            waiting = false;
            sentNanos = now;
        } else if (now - sentNanos >= intervalNanos) {
            if (!waiting) {
                again = false;
                asked = null;
                ask(now);
            } else if (!again) {
                again = true;
                ask(now);
            } else {
                waiting = false;
                sentNanos = now;
                link.dead();
            }
        }
    }

    /** The node has sent something. */
    void heard() {
        waiting = false;
    }

    void pong(Pinged by) {
        if (by.equals(asked)) {
            asked = null;
            NodeCounters counters = link.counters();
            counters.pings++;
            counters.pingNanos += link.service().loop().nanos() - sentNanos;
        }
    }

    /**
     * What could be asked has ended.
     *
     * @param byNode whether the node has ended it, which is a sign of life; else the ping may not have come that far
     */
    void ended(Pinged gone, boolean byNode) {
        if (byNode) {
            heard();
        }
        if (gone.equals(asked)) {
            asked = null;
            if (waiting && !again) {
                again = true;
                ask(link.service().loop().nanos());
            }
        }
    }

    /** If all are held back, there is nobody to ask: the time runs all the same once a ping was sent. */
    private void ask(long now) {
        List<? extends Pinged> pinged = link.pinged();
        int size = pinged.size();
        for (int i = 0; i < size; i++) {
            Pinged one = pinged.get(Math.floorMod(next++, size));
            if (!one.equals(asked) && one.ping()) {
                asked = one;
                waiting = true;
                break;
            }
        }
        sentNanos = now;
    }
}
