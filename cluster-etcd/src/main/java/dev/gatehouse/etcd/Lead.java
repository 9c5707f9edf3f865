package dev.gatehouse.etcd;

import io.etcd.jetcd.api.KeyValue;
import java.time.Duration;

/**
 * One leadership: it hangs on a lease of etcd, and on the key that was written with it. Everything on the store's thread, but for {@link #certain}, on any.
 *
 * <p>What a leader knows of its lease is when it asked for it: etcd began to count later. So it gives up a second before the time is over from when it asked, whatever the answer took,
 * and nobody else can lead before that.
 */
final class Lead {
    /** So long before the lease can end a leader gives up: time to close what it has open. */
    static final Duration MARGIN = Duration.ofSeconds(1);

    private final long epoch;
    private final long lease;
    private final long keyRevision;

    private long membershipsRevision;

    /** Guarded by this object: whether the time is over, and that it is longer, are one step each. */
    private long untilNanos;

    /**
     * @param keyRevision etcd's revision that wrote the leader's key
     * @param untilNanos as {@link #until} says
     */
    Lead(long epoch, long lease, long keyRevision, long membershipsRevision, long untilNanos) {
        this.epoch = epoch;
        this.lease = lease;
        this.keyRevision = keyRevision;
        this.membershipsRevision = membershipsRevision;
        this.untilNanos = untilNanos;
    }

    /** Until when a lease of that time, for which etcd was asked then, can be relied on. */
    static long until(long askedNanos, Duration time) {
        return askedNanos + time.minus(MARGIN).toNanos();
    }

    long epoch() {
        return epoch;
    }

    long lease() {
        return lease;
    }

    long keyRevision() {
        return keyRevision;
    }

    /** The revision that kept memberships last. */
    long membershipsRevision() {
        return membershipsRevision;
    }

    void kept(long revision) {
        membershipsRevision = revision;
    }

    /**
     * Has the lead go on until then; not if its time is over, however late the answer that says so was read: whoever found it over has stepped down.
     *
     * @return whether it goes on
     */
    synchronized boolean renewed(long until) {
        if (!certain()) {
            return false;
        }
        untilNanos = until;
        return true;
    }

    synchronized long untilNanos() {
        return untilNanos;
    }

    /** Whether nobody else can lead yet; once it is false it stays so. */
    synchronized boolean certain() {
        return System.nanoTime() - untilNanos < 0;
    }

    /** Whether this is the leader's key as this lead wrote it. */
    boolean holds(KeyValue leader) {
        return leader.getCreateRevision() == keyRevision;
    }
}
