package dev.gatehouse.backend.internal;

import dev.gatehouse.backend.PushOutcome;
import dev.gatehouse.backend.User;
import dev.gatehouse.link.OutboundFrame;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for one user's link: filled by any thread, emptied by the user's event loop, bounded in packets and bytes.
 *
 * <p>Whether it is closed and how much it holds are one word, so that each frame is either accepted before the close, and then
 * is there to be polled, or refused:
 *
 * <pre>
 * | closed: 1 bit | packets: 23 bits | bytes: 40 bits |
 * </pre>
 */
final class OutgoingQueue {

    /** The longest push: payload, opcode, and the head of the frame. */
    private static final int FRAME_BYTES_MAX = User.PAYLOAD_BYTES_MAX + Short.BYTES + 8;

    private static final int BYTES_BITS = 40;
    private static final long BYTES_MASK = (1L << BYTES_BITS) - 1;
    private static final long CLOSED = Long.MIN_VALUE;

    private final Queue<OutboundFrame> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong state = new AtomicLong();
    private final int packetsMax;
    private final int bytesMax;
    private final int packetsMark;
    private final long bytesMark;

    /**
     * @param answersMax how many packets may be on their way to the handler, for whose answers {@link #isCongested} leaves room
     */
    OutgoingQueue(int packetsMax, int bytesMax, int answersMax) {
        this.packetsMax = packetsMax;
        this.bytesMax = bytesMax;
        packetsMark = Math.max(0, Math.min(packetsMax / 2, packetsMax - answersMax));
        bytesMark = Math.max(0, Math.min(bytesMax / 2, bytesMax - (long) answersMax * FRAME_BYTES_MAX));
    }

    /** What {@link #offer} would say to so many bytes now; to be asked before a frame is copied for it. */
    PushOutcome room(int bytes) {
        return room(state.get(), bytes);
    }

    /** Appends an owned frame if there is room. Any thread. */
    PushOutcome offer(OutboundFrame frame) {
        return add(frame, false);
    }

    /** Appends an owned frame whatever the bounds say, unless closed. Any thread; the caller bounds how often. */
    PushOutcome offerUnbounded(OutboundFrame frame) {
        return add(frame, true);
    }

    /** Takes the next frame; null if there is none. On the event loop. */
    @Nullable
    OutboundFrame poll() {
        OutboundFrame frame = frames.poll();
        if (frame != null) {
            state.addAndGet(-cost(frame));
        }
        return frame;
    }

    /**
     * Refuses all further frames. After this returns, {@link #isEmpty} tells whether frames of threads that were in the middle of an
     * offer are still to come.
     */
    void close() {
        state.accumulateAndGet(CLOSED, (held, closed) -> held | closed);
    }

    boolean isClosed() {
        return state.get() < 0;
    }

    /** Whether no frame waits, nor is being appended. */
    boolean isEmpty() {
        return (state.get() & ~CLOSED) == 0;
    }

    /** Whether so much waits that no more packets should be given to the handler: half of either measure, or sooner. */
    boolean isCongested() {
        long held = state.get();
        return packets(held) > packetsMark || bytes(held) > bytesMark;
    }

    private PushOutcome add(OutboundFrame frame, boolean unbounded) {
        long cost = cost(frame);
        long held;
        do {
            held = state.get();
            PushOutcome room = room(held, frame.encodedLength());
            if (room == PushOutcome.USER_GONE || (room == PushOutcome.QUEUE_FULL && !unbounded)) {
                return room;
            }
        } while (!state.compareAndSet(held, held + cost));
        frames.add(frame);
        return PushOutcome.DELIVERED;
    }

    private PushOutcome room(long held, int bytes) {
        if (held < 0) {
            return PushOutcome.USER_GONE;
        }
        // An empty queue takes any one frame, else a frame above bytesMax could never be sent.
        boolean room = held == 0 || (packets(held) < packetsMax && bytes(held) + bytes <= bytesMax);
        return room ? PushOutcome.DELIVERED : PushOutcome.QUEUE_FULL;
    }

    private static long cost(OutboundFrame frame) {
        return (1L << BYTES_BITS) + frame.encodedLength();
    }

    private static int packets(long held) {
        return (int) ((held & ~CLOSED) >>> BYTES_BITS);
    }

    private static long bytes(long held) {
        return held & BYTES_MASK;
    }
}
