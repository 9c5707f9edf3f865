package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.net.Ticker;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Random;

/** A world with a clock and chances of its own: the same seed gives the same history. */
final class Simulation implements Ticker {
    final Random random;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long order;

    Simulation(long seed) {
        random = new Random(seed);
    }

    private record Event(long nanos, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return nanos == other.nanos ? Long.compare(order, other.order) : Long.compare(nanos, other.nanos);
        }
    }

    @Override
    public long nanos() {
        return now;
    }

    /** Plans something. */
    void after(Duration delay, Runnable action) {
        at(now + delay.toNanos(), action);
    }

    void at(long nanos, Runnable action) {
        events.add(new Event(nanos, order++, action));
    }

    /** A time between these, by chance. */
    Duration between(long minMillis, long maxMillis) {
        return Duration.ofMillis(minMillis + random.nextLong(maxMillis - minMillis + 1));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Lets time pass, and all that happens meanwhile. */
    void run(Duration time) {
        long end = now + time.toNanos();
        while (!events.isEmpty() && events.peek().nanos() <= end) {
            Event event = events.poll();
            now = event.nanos();
            event.action().run();
        }
        now = end;
    }
}
