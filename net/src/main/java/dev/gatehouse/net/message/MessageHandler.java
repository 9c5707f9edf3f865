package dev.gatehouse.net.message;

import dev.gatehouse.net.CloseReason;

/**
 * What happens on connections that carry messages, as callbacks. Thread, order and blocking are as for
 * {@link dev.gatehouse.net.ConnectionHandler}; messages are the handler's own and may be kept.
 *
 * <p>A payload that the codec refuses is reported and closes its connection with {@link CloseReason#MALFORMED_MESSAGE}; a
 * callback that throws closes its connection with {@link CloseReason#HANDLER_ERROR}.
 *
 * @param <I> incoming messages
 * @param <O> outgoing messages
 */
@FunctionalInterface
public interface MessageHandler<I, O> {
    /** A connection is there; what is sent here goes out first. */
    default void opened(MessageConnection<O> connection) {}

    /** A message came. While what was sent has no room, no other comes. */
    void message(MessageConnection<O> connection, I message);

    /** There is room again after a send said that there is none. */
    default void writable(MessageConnection<O> connection) {}

    /** The peer has closed its sending side; all its messages were delivered. By default the connection closes. */
    default void inputClosed(MessageConnection<O> connection) {
        connection.connection().close(CloseReason.PEER_CLOSED);
    }

    /** Called every few hundred milliseconds with the event loop's clock, for deadlines of the handler's own. */
    default void tick(MessageConnection<O> connection, long nanos) {}

    /** The server stops. By default the connection closes; a handler that has work to finish closes it when it has. */
    default void stopping(MessageConnection<O> connection) {
        connection.connection().close(CloseReason.SERVER_STOPPED);
    }

    /**
     * The connection is about to be closed for a cause that the handler didn't choose, a refused message among them; what
     * is sent here still goes out where the reason allows it.
     */
    default void closing(MessageConnection<O> connection, CloseReason reason) {}

    /** The connection has ended. Nothing can be sent any more. */
    default void closed(MessageConnection<O> connection, CloseReason reason) {}
}
