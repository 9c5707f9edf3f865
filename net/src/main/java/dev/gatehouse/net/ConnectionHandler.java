package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;

/**
 * What happens on connections, as callbacks. One handler may serve one connection or many.
 *
 * <ul>
 *   <li>Thread: all callbacks of a connection run on its event loop.
 *   <li>Order: {@link #opened} first, {@link #closed} last and exactly once; messages in the order of their bytes.
 *   <li>Blocking: never; a handler that must block is a {@link BlockingHandler}.
 *   <li>Buffers: a payload is a view that is valid only during the call and isn't released; copy what must outlive it.
 * </ul>
 *
 * <p>A callback that throws closes its connection with {@link CloseReason#HANDLER_ERROR}.
 */
@FunctionalInterface
public interface ConnectionHandler {
    /** A connection is there; what is sent here goes out first. */
    default void opened(Connection connection) {}

    /**
     * A message came: the readable bytes of {@code payload}. While what was sent has no room, no other message comes, so that a
     * handler that answers each message needs no look at the result of its sends.
     */
    void message(Connection connection, ByteBuf payload);

    /** There is room again after a send, or {@link Connection#writable}, said that there is none. */
    default void writable(Connection connection) {}

    /**
     * The peer has closed its sending side; all its messages were delivered. By default the connection closes, after what
     * is queued has been flushed.
     */
    default void inputClosed(Connection connection) {
        connection.close(CloseReason.PEER_CLOSED);
    }

    /** Called every few hundred milliseconds with the event loop's clock, for deadlines of the handler's own. */
    default void tick(Connection connection, long nanos) {}

    /** The server stops. By default the connection closes; a handler that has work to finish closes it when it has. */
    default void stopping(Connection connection) {
        connection.close(CloseReason.SERVER_STOPPED);
    }

    /**
     * The connection is about to be closed for a cause that the handler didn't choose; what is sent here still goes out
     * where the reason allows it.
     */
    default void closing(Connection connection, CloseReason reason) {}

    /** The connection has ended. Nothing can be sent any more. */
    default void closed(Connection connection, CloseReason reason) {}
}
