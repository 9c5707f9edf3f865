package dev.gatehouse.backend;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way from the service to one user's link. A gRPC call isn't thread-safe, so it is written to on its event loop alone: straight
 * through when the push comes from there and nothing waits, else through the user's queue.
 */
final class Outgoing {

    private final ServerCall<Frame, Frame> call;
    private final CallLoop loop;
    private final OutgoingQueue queue;
    private final Runnable drained;
    private final AtomicBoolean drainScheduled = new AtomicBoolean();
    private final AtomicBoolean kicked = new AtomicBoolean();

    /**
     * @param drained run on the event loop each time the queue has become empty
     */
    Outgoing(ServerCall<Frame, Frame> call, CallLoop loop, OutgoingQueue queue, Runnable drained) {
        this.call = call;
        this.loop = loop;
        this.queue = queue;
        this.drained = drained;
    }

    /** Sends a packet. Any thread. */
    PushOutcome push(int opcode, ByteBuf payload) {
        boolean onLoop = loop.inEventLoop();
        if (onLoop && writable()) {
            call.sendMessage(loop.view().packet(opcode, payload));
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

    /** Sends a Ping, before what waits: it asks whether the node lives, not whether the client reads. On the event loop. */
    void pong(ByteBuf message) {
        if (!queue.isClosed()) {
            call.sendMessage(loop.view().ping(message));
        }
    }

    /** Whether so much waits that no more packets should be taken from this user. */
    boolean congested() {
        return queue.isCongested();
    }

    /** Writes what waits, as far as the link takes it. On the event loop. */
    void drain() {
        if (queue.isEmpty()) {
            return;
        }
        while (call.isReady()) {
            OutboundFrame frame = queue.poll();
            if (frame == null) {
                break;
            }
            call.sendMessage(frame);
        }
        if (queue.isEmpty()) {
            drained.run();
        }
    }

    /** Takes no more and drops what waits: the link is gone. On the event loop. */
    void drop() {
        queue.close();
        while (queue.poll() != null) {
            // Each one is dropped.
        }
    }

    /** Takes no more, writes all that waits, however fast the link takes it, and ends the call. On the event loop. */
    void finish(Status status) {
        queue.close();
        while (!queue.isEmpty()) {
            OutboundFrame frame = queue.poll();
            if (frame == null) {
                // Another thread was accepted before the close and is between two instructions of its offer.
                Thread.onSpinWait();
            } else {
                call.sendMessage(frame);
            }
        }
        call.close(status, new Metadata());
    }

    /** Whether a frame can go straight to the call; what other threads queued before goes first. */
    private boolean writable() {
        if (!queue.isEmpty()) {
            drain();
        }
        return queue.isEmpty() && !queue.isClosed() && call.isReady();
    }

    private PushOutcome queued(PushOutcome outcome, boolean onLoop) {
        // On the loop the call isn't ready, or it would have been written: onReady drains.
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
