package dev.gatehouse.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The packets between the event loop, which adds, and the threads that receive. Any thread. */
final class Inbox {
    private final int packetsMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ReceivedPacket> packets = new ArrayDeque<>();
    private boolean full;
    private boolean ended;

    Inbox(int packetsMax) {
        this.packetsMax = packetsMax;
    }

    /** Adds a packet and runs {@code whenFull}, under the lock, if no other fits. */
    void add(ReceivedPacket packet, Runnable whenFull) {
        lock.lock();
        try {
            packets.add(packet);
            if (packets.size() >= packetsMax) {
                full = true;
                whenFull.run();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No other packet will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next packet; waits for it. Runs {@code whenRoom}, under the lock, when a full inbox is half empty again. */
    Optional<ReceivedPacket> take(Duration timeout, Runnable whenRoom) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (packets.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            Optional<ReceivedPacket> packet = Optional.ofNullable(packets.poll());
            if (full && packets.size() <= packetsMax / 2) {
                full = false;
                whenRoom.run();
            }
            return packet;
        } finally {
            lock.unlock();
        }
    }
}
