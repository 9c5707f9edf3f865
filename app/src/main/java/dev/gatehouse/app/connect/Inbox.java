package dev.gatehouse.app.connect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/** Packets that came and that no {@code wait} has taken yet; beyond {@value #PACKETS_MAX} the oldest go. Any thread. */
final class Inbox {
    static final int PACKETS_MAX = 1000;

    private final ArrayDeque<Received> packets = new ArrayDeque<>();
    private boolean closed;

    synchronized void add(Received packet) {
        if (packets.size() == PACKETS_MAX) {
            packets.removeFirst();
        }
        packets.addLast(packet);
        notifyAll();
    }

    /** No more will come. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Takes the oldest packet that fits, waiting for it; empty if none came in time, or no more will come. */
    synchronized Optional<Received> take(Predicate<Received> wanted, Duration timeout) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            Optional<Received> found = poll(wanted);
            long leftMillis = timeout.minusNanos(System.nanoTime() - start).toMillis();
            if (found.isPresent() || closed || leftMillis <= 0) {
                return found;
            }
            wait(leftMillis);
        }
    }

    private Optional<Received> poll(Predicate<Received> wanted) {
        for (Iterator<Received> all = packets.iterator(); all.hasNext(); ) {
            Received packet = all.next();
            if (wanted.test(packet)) {
                all.remove();
                return Optional.of(packet);
            }
        }
        return Optional.empty();
    }
}
