package dev.gatehouse.gateway.internal;

import org.jspecify.annotations.Nullable;

/**
 * Whether a node answers: a ping at each interval on one attachment that isn't held back, once more on another one if that ends
 * or isn't answered within an interval, then the node counts as dead (PROTOCOLS.md, section 4).
 */
final class Pings {
    private final Link link;
    private final long intervalNanos;
    private @Nullable Attachment asked;
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

    void pong(Attachment attachment) {
        if (waiting && attachment.equals(asked)) {
            waiting = false;
            Counters.PerNode counters = link.counters();
            counters.pings++;
            counters.pingNanos += link.service().loop().nanos() - sentNanos;
        }
    }

    /**
     * An attachment has ended.
     *
     * @param byNode whether the node has ended it, which is an answer too; else the ping may not have come that far
     */
    void ended(Attachment attachment, boolean byNode) {
        if (waiting && attachment.equals(asked)) {
            asked = null;
            if (byNode) {
                waiting = false;
            } else if (!again) {
                again = true;
                ask(link.service().loop().nanos());
            }
        }
    }

    /** If all are held back, there is nobody to ask: the time runs all the same once a ping was sent. */
    private void ask(long now) {
        int size = link.attachments().size();
        for (int i = 0; i < size; i++) {
            Attachment attachment = link.attachments().get(Math.floorMod(next++, size));
            if (!attachment.equals(asked) && attachment.ping()) {
                asked = attachment;
                waiting = true;
                break;
            }
        }
        sentNanos = now;
    }
}
