package dev.gatehouse.backend.internal;

import io.netty.buffer.ByteBuf;

/**
 * Runs a handler's callbacks for one user, in order and one at a time, on whatever thread it stands for. Its own methods are called
 * on the user's event loop.
 */
interface Dispatcher {

    /** Has the handler told that the user is there. */
    void opened();

    /**
     * Has a packet handled, and then {@link Attachment#handled} called.
     *
     * @param payload valid during this call
     */
    void packet(int opcode, ByteBuf payload);

    /** Has the handler told that the user leaves, after all packets, and then {@link Attachment#left} called. Called once. */
    void closed();

    /** Tries to end callbacks that don't return. */
    default void interrupt() {}
}
