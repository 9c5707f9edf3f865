package dev.gatehouse.backend.internal;

import dev.gatehouse.backend.PushOutcome;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way from the service to one user's line. A line is used on its event loop alone: straight through when the push comes from
 * there and nothing waits, else through the user's queue.
 */
final class Outgoing {

    private final Line line;
    private final CallLoop loop;
    private final OutgoingQueue queue;
    private final AtomicBoolean drainScheduled = new AtomicBoolean();
    /** Broadcasts that this user is to get before what waits. */
    private final AtomicInteger broadcasts = new AtomicInteger();

    private final AtomicBoolean kicked = new AtomicBoolean();
    private @Nullable Ending ending;

    /** What is done once nothing waits any more. */
    private record Ending(Status status, Runnable then) {}

    Outgoing(Line line, CallLoop loop, OutgoingQueue queue) {
        this.line = line;
        this.loop = loop;
        this.queue = queue;
    }

    /** Sends a packet. Any thread. */
    PushOutcome push(int opcode, ByteBuf payload) {
        boolean onLoop = loop.inEventLoop();
        if (onLoop && writable()) {
            line.packet(opcode, payload);
            return PushOutcome.DELIVERED;
        }
        PushOutcome room = queue.room(payload.readableBytes());
        if (room != PushOutcome.DELIVERED) {
            return room;
        }
        OutboundFrame view = onLoop ? loop.view() : new OutboundFrame();
        PushOutcome outcome = queue.offer(view.packet(opcode, payload).copy());
        return queued(outcome, onLoop);
    }

    /** Sends an owned packet. Any thread. */
    PushOutcome push(OutboundFrame packet) {
        boolean onLoop = loop.inEventLoop();
        if (onLoop && writable()) {
            line.send(packet);
            return PushOutcome.DELIVERED;
        }
        return queued(queue.offer(packet), onLoop);
    }

    /** Sends a Kick, the first time. Any thread. */
    PushOutcome kick() {
        if (queue.isClosed()) {
            return PushOutcome.USER_GONE;
        }
        if (!kicked.compareAndSet(false, true)) {
            return PushOutcome.DELIVERED;
        }
        boolean onLoop = loop.inEventLoop();
        PushOutcome outcome = queue.offerUnbounded(new OutboundFrame().kick().copy());
        if (onLoop) {
            drain();
        }
        return queued(outcome, onLoop);
    }

    /** Whether so much waits that no more packets should be taken from this user. */
    boolean congested() {
        return queue.isCongested();
    }

    /** See {@link Attachment#joinBroadcast}. Any thread. */
    boolean joinBroadcast() {
        if (!queue.isEmpty() || queue.isClosed()) {
            return false;
        }
        broadcasts.incrementAndGet();
        return true;
    }

    /** See {@link Attachment#broadcastNow}. On the event loop. */
    boolean broadcastNow() {
        broadcasts.decrementAndGet();
        return !queue.isClosed();
    }

    /** Writes what waits, as far as the line takes it. On the event loop. */
    void drain() {
        if (broadcasts.get() > 0) {
            return;
        }
        if (!queue.isEmpty()) {
            write();
            if (queue.isEmpty()) {
                line.drained();
            }
        }
        Ending last = ending;
        if (last != null && queue.isEmpty()) {
            ending = null;
            line.finish(last.status);
            last.then.run();
        }
    }

    private void write() {
        while (line.ready() && !queue.isEmpty()) {
            OutboundFrame frame = queue.poll();
            if (frame != null) {
                line.send(frame);
            } else if (queue.isClosed()) {
                // Another thread was accepted before the close and is between two instructions of its offer.
                Thread.onSpinWait();
            } else {
                return;
            }
        }
    }

    /** Takes no more and drops what waits: the link is gone. On the event loop. */
    void drop() {
        queue.close();
        while (queue.poll() != null) {
            // Each one is dropped.
        }
        Ending last = ending;
        if (last != null) {
            ending = null;
            last.then.run();
        }
    }

    /** Takes no more, writes all that waits, and then ends the line. On the event loop. */
    void finish(Status status, Runnable then) {
        queue.close();
        line.finishing();
        ending = new Ending(status, then);
        drain();
    }

    /** Whether a frame can go straight to the line; what other threads queued before goes first. */
    private boolean writable() {
        if (!queue.isEmpty()) {
            drain();
        }
        return queue.isEmpty() && !queue.isClosed() && line.ready();
    }

    private PushOutcome queued(PushOutcome outcome, boolean onLoop) {
        // On the loop the line isn't ready, or it would have been written: writable drains.
        if (outcome == PushOutcome.DELIVERED && !onLoop && drainScheduled.compareAndSet(false, true)) {
            return loop.execute(this::scheduledDrain) ? outcome : PushOutcome.USER_GONE;
        }
        return outcome;
    }

    private void scheduledDrain() {
        drainScheduled.set(false);
        drain();
    }
}
