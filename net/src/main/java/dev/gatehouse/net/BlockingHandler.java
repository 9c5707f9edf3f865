package dev.gatehouse.net;

/**
 * Sequential code for one connection, on a virtual thread of its own; it may block.
 *
 * <p>The connection closes in order when the method returns, and with {@link CloseReason#HANDLER_ERROR} when it throws.
 */
@FunctionalInterface
public interface BlockingHandler {
    /** Serves the connection from its first message to its end. */
    void handle(BlockingConnection connection) throws Exception;
}
