package dev.gatehouse.app;

import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands rings on, on a thread of its own, because rings may have to be laid, which takes some 100 ms for a thousand members. One at a time, in their order;
 * what comes meanwhile replaces what waits. Any thread.
 */
final class NewestRings {
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
            taker.accept(next.get());
        }
    }

    private synchronized Optional<RingSnapshot> next() {
        Optional<RingSnapshot> next = waiting;
        waiting = Optional.empty();
        working = next.isPresent();
        return next;
    }
}
