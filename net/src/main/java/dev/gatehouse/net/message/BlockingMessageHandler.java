package dev.gatehouse.net.message;

/**
 * Sequential code for one connection that carries messages, on a virtual thread of its own; it may block.
 *
 * <p>The connection closes in order when the method returns, and with
 * {@link dev.gatehouse.net.CloseReason#HANDLER_ERROR} when it throws.
 *
 * @param <I> incoming messages
 * @param <O> outgoing messages
 */
@FunctionalInterface
public interface BlockingMessageHandler<I, O> {
    /** Serves the connection from its first message to its end. */
    void handle(BlockingMessageConnection<I, O> connection) throws Exception;
}
