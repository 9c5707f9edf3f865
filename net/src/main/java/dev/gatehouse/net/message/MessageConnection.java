package dev.gatehouse.net.message;

import dev.gatehouse.net.Connection;

/**
 * A connection as a {@link MessageHandler} sees it: one object from its first callback to its last. Any thread.
 *
 * @param <O> outgoing messages
 */
public interface MessageConnection<O> {
    /**
     * Sends one message. On the event loop it is encoded straight into what goes out; elsewhere it is encoded at once, on the
     * calling thread, and sent in a later turn. After the close it does nothing.
     *
     * @return whether there is room for more; if not, wait for {@link MessageHandler#writable}
     * @throws RuntimeException what the codec throws for a message that it can't encode; nothing of it is sent
     * @throws IllegalArgumentException if the framing can't carry the payload (on the event loop only)
     */
    boolean send(O message);

    /** Closes in order: what is queued is flushed, the peer gets EOF, and what it still sends is discarded. */
    void close();

    /** As {@link Connection#report}: the error listener hears of it, the connection stays. */
    void report(Throwable error);

    /** The connection below, for everything else. */
    Connection connection();
}
