package dev.gatehouse.app;

import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands rings on, on a thread of its own, because rings may have to be laid, which takes some 100 ms for a thousand members. One at a time, in their order;
 * what comes meanwhile replaces what waits. Any thread.
 */
final class NewestRings {
    private static final Logger LOG = LoggerFactory.getLogger(NewestRings.class);

    private final Consumer<RingSnapshot> taker;
    private Optional<RingSnapshot> waiting = Optional.empty();
    private boolean working;

    NewestRings(Consumer<RingSnapshot> taker) {
        this.taker = taker;
    }

    /** Returns at once. */
    synchronized void offer(RingSnapshot rings) {
        waiting = Optional.of(rings);
        if (!working) {
            working = true;
            Thread.ofPlatform().daemon().name("gatehouse-rings").start(this::handOn);
        }
    }

    private void handOn() {
        for (Optional<RingSnapshot> next = next(); next.isPresent(); next = next()) {
            handOn(next.get());
        }
    }

    private void handOn(RingSnapshot rings) {
        try {
            taker.accept(rings);
        } catch (RuntimeException e) {
            // One that got out would end this thread, and no later rings would be taken.
            LOG.error("rings {} could not be taken", rings.version(), e);
        }
    }

    private synchronized Optional<RingSnapshot> next() {
        Optional<RingSnapshot> next = waiting;
        waiting = Optional.empty();
        working = next.isPresent();
        return next;
    }
}
