package dev.gatehouse.net;

import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** Finds out whether a peer takes what waits for it, from what the transport says at each sweep. On the event loop. */
final class WriteProgress {
    private int head;
    private long headProgress;
    private long waitingBytes;
    private long movedNanos;

    /** Whether bytes wait and the peer has taken none of them for so long. */
    boolean stalled(@Nullable ChannelOutboundBuffer queue, long now, long timeoutNanos) {
        // The identity of the buffer that is being written, 0 for none: holding on to the buffer itself would outlive
        // it. Buffers are pooled, so the same one may be another; then less waits than before.
        int current = queue == null ? 0 : System.identityHashCode(queue.current());
        long progress = queue == null ? 0 : queue.currentProgress();
        long waiting = queue == null ? 0 : queue.totalPendingWriteBytes();
        if (current == 0 || current != head || progress != headProgress || waiting < waitingBytes) {
            head = current;
            headProgress = progress;
            movedNanos = now;
        }
        waitingBytes = waiting;
        return current != 0 && now - movedNanos >= timeoutNanos;
    }
}
