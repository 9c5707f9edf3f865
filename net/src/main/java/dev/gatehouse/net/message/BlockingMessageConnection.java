package dev.gatehouse.net.message;

import dev.gatehouse.net.BlockingConnection;
import java.util.Optional;

/**
 * A connection as a {@link BlockingMessageHandler} sees it. For the handler's own thread, but {@link #close}, {@link #report}
 * and {@link #send}: any thread.
 *
 * @param <I> incoming messages
 * @param <O> outgoing messages
 */
public interface BlockingMessageConnection<I, O> {
    /**
     * Waits for the next message.
     *
     * @return the message, or empty when no other will come: the peer closed its sending side, the server stops, or the
     *     connection ends
     * @throws MessageException if the codec refuses the payload; a handler that lets it out ends the connection
     */
    Optional<I> receive() throws InterruptedException;

    /**
     * Sends one message; waits while there is no room. A payload that the framing can't carry closes the connection with
     * {@link dev.gatehouse.net.CloseReason#HANDLER_ERROR}.
     *
     * @return whether the connection was still there to take it
     * @throws RuntimeException what the codec throws for a message that it can't encode; nothing of it is sent
     */
    boolean send(O message) throws InterruptedException;

    /** Closes in order; {@link #receive} then returns empty. */
    void close();

    /** As {@link dev.gatehouse.net.Connection#report}: the error listener hears of it, the connection stays. */
    void report(Throwable error);

    /** The connection below, for everything else. */
    BlockingConnection connection();
}
