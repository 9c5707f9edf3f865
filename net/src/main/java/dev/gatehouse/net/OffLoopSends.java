package dev.gatehouse.net;

import io.netty.channel.Channel;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What threads other than the event loop send, on its way there: bounded in bytes, together with what waits for the peer. One
 * task takes all that has come, so that a burst costs one hand-over. Any thread, but for {@link #drain}.
 */
final class OffLoopSends {
    /** What a message costs beside its bytes, so that empty ones are bounded too. */
    private static final int MESSAGE_OVERHEAD_BYTES = 64;

    private final SendingConnection connection;
    private final Channel channel;
    private final ConnectionOptions options;
    private final Runnable drain = this::drain;

    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /** A sender was told that there is no room, so the handler must hear when there is. */
    private volatile boolean roomWanted;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    private static final class Message {
        final byte[] payload;
        final @Nullable CompletableFuture<Void> written;

        Message(byte[] payload, @Nullable CompletableFuture<Void> written) {
            this.payload = payload;
            this.written = written;
        }
    }

    OffLoopSends(SendingConnection connection, Channel channel, ConnectionOptions options) {
        this.connection = connection;
        this.channel = channel;
        this.options = options;
    }

    /** Sends, or does what the policy says; returns whether there is room for more. */
    boolean send(byte[] payload, @Nullable CompletableFuture<Void> written, QueuePolicy policy)
            throws InterruptedException {
        if (policy == QueuePolicy.WAIT) {
            awaitRoom();
        } else if (bytes.get() + Outbound.queuedBytes(channel) >= options.queueBytesMax()) {
            return full(written, policy);
        }
        messages.add(new Message(payload, written));
        bytes.addAndGet(payload.length + MESSAGE_OVERHEAD_BYTES);
        boolean room = room() && !connection.closing();
        if (!room) {
            roomWanted = true;
        }
        if (!scheduled.get() && scheduled.compareAndSet(false, true) && !connection.onLoop(drain)) {
            drain();
        }
        return room;
    }

    /** There may be room, or nothing to wait for any more: wakes who waits. */
    void wake() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean full(@Nullable CompletableFuture<Void> written, QueuePolicy policy) {
        QueueFullException full = new QueueFullException(options.queueBytesMax());
        if (policy == QueuePolicy.CLOSE) {
            connection.onLoop(connection::queueFull);
        }
        if (written != null) {
            written.completeExceptionally(full);
        } else if (policy == QueuePolicy.FAIL) {
            throw full;
        }
        return false;
    }

    private boolean room() {
        return bytes.get() < options.highWatermarkBytes() && channel.isWritable();
    }

    private void awaitRoom() throws InterruptedException {
        if (room() || connection.closing()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            waiting.incrementAndGet();
            while (!room() && !connection.closing()) {
                changed.await();
            }
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** On the event loop, or on any thread once that has stopped. */
    private void drain() {
        scheduled.set(false);
        long taken = 0;
        Message message = messages.poll();
        while (message != null) {
            taken += message.payload.length + MESSAGE_OVERHEAD_BYTES;
            connection.sendOnLoop(message.payload, message.written);
            message = messages.poll();
        }
        // Only now, so that fast senders meet the limit instead of keeping the loop here.
        bytes.addAndGet(-taken);
        if (roomWanted) {
            roomWanted = false;
            connection.tellOfRoom();
        }
        wake();
    }
}
