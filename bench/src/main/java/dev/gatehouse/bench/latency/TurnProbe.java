package dev.gatehouse.bench.latency;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** Records late turns of an event loop: a task of its own that should run every few milliseconds. Runs on that event loop. */
final class TurnProbe implements Runnable {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** What is later is recorded. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final EventLoop loop;
    private long dueNanos;

    private TurnProbe(EventLoop loop) {
        this.loop = loop;
    }

    /** Begins to probe an event loop; any thread. */
    static void start(EventLoop loop) {
        TurnProbe probe = new TurnProbe(loop);
        loop.execute(probe::next);
    }

    @Override
    public void run() {
        long late = System.nanoTime() - dueNanos;
        if (late > LATE_NANOS) {
            LateTurn event = new LateTurn();
            event.nanos = late;
            event.commit();
        }
        next();
    }

    private void next() {
        dueNanos = System.nanoTime() + EVERY_NANOS;
        loop.schedule(this, EVERY_NANOS, TimeUnit.NANOSECONDS);
    }
}
