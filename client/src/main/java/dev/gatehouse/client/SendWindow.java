package dev.gatehouse.client;

import java.util.concurrent.Semaphore;

/**
 * How much may be on its way from threads that send to a connection that has no room for it: whoever would exceed it waits. A
 * packet is on its way from its send until the event loop has written it and the connection has room again.
 */
final class SendWindow {
    /** What a packet costs beside its payload. */
    private static final int PACKET_BYTES = 64;

    private final int bytesMax;
    /** Fair, so that each thread's packets keep their order and none waits for ever. */
    private final Semaphore room;

    /** Written packets that the connection had no room for. On the event loop. */
    private int unsent;

    private volatile boolean ended;

    SendWindow(int bytesMax) {
        this.bytesMax = bytesMax;
        room = new Semaphore(bytesMax, true);
    }

    /**
     * Waits for room for a packet. Not on the event loop.
     *
     * @return false if it isn't to be sent: the session has ended, or the thread was interrupted and still is
     */
    boolean enter(int payloadBytes) {
        try {
            room.acquire(cost(payloadBytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (ended) {
            leave(payloadBytes);
            return false;
        }
        return true;
    }

    /** The packet won't be written. Any thread. */
    void leave(int payloadBytes) {
        room.release(cost(payloadBytes));
    }

    /** The packet was written. On the event loop. */
    void written(int payloadBytes, boolean writable) {
        unsent += cost(payloadBytes);
        if (writable || ended) {
            writable();
        }
    }

    /** The connection has room. On the event loop. */
    void writable() {
        room.release(unsent);
        unsent = 0;
    }

    /** The session has ended; nobody waits any more. On the event loop, or before there is one. */
    void end() {
        ended = true;
        writable();
    }

    private int cost(int payloadBytes) {
        return Math.min(bytesMax, payloadBytes + PACKET_BYTES);
    }
}
