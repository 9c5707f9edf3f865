package dev.gatehouse.net;

import io.netty.channel.ChannelOutboundBuffer;

/** Finds out whether a peer takes what waits for it, from what the transport says at each sweep, while there is any. On the event loop. */
final class WriteProgress {
    private int head;
    private long headProgress;
    private long waitingBytes;
    private long movedNanos;

    /** Whether bytes wait and the peer has taken none of them for so long. */
    boolean stalled(ChannelOutboundBuffer queue, long now, long timeoutNanos) {
        // The identity of the buffer that is being written: holding on to the buffer itself would outlive
        // it. Buffers are pooled, so the same one may be another; then less waits than before.
        int current = System.identityHashCode(queue.current());
        long progress = queue.currentProgress();
        long waiting = queue.totalPendingWriteBytes();
        if (current != head || progress != headProgress || waiting < waitingBytes) {
            head = current;
            headProgress = progress;
            movedNanos = now;
        }
        waitingBytes = waiting;
        return now - movedNanos >= timeoutNanos;
    }
}
