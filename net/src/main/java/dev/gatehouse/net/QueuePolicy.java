package dev.gatehouse.net;

/** What a send does that finds the queue of its connection full ({@link ConnectionOptions#queueBytesMax}). */
public enum QueuePolicy {
    /**
     * The sender waits while there is no room (from the high watermark on, so that the limit isn't reached). On the event loop, where
     * nothing may wait, as {@link #FAIL}.
     */
    WAIT,
    /** Nothing is sent, and the send throws {@link QueueFullException}. */
    FAIL,
    /** The connection ends with {@link CloseReason#QUEUE_FULL}. */
    CLOSE
}
