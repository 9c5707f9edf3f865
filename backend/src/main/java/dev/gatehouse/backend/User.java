package dev.gatehouse.backend;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Optional;

/**
 * One user at this node: the attachment of one session, from {@link PacketHandler#opened} to {@link PacketHandler#closed}. A user
 * who logs in again is another {@code User} with the same id.
 *
 * <p>All methods may be called from any thread. What one thread sends arrives in the order of its calls.
 */
public interface User {

    /** The longest payload of a push in bytes: the client's protocol counts it and its opcode in 16 bits. */
    int PAYLOAD_BYTES_MAX = 0xffff - Short.BYTES;

    /** The user's number, as the gateway's login gave it. */
    long id();

    /** Where the client is connected from, {@code HOST:PORT}; empty over the contract {@code gonet2}, which doesn't say it. */
    String remoteAddress();

    /**
     * What the client said of itself when it logged in, by the names of the client protocol's fields ({@code open_udid}, {@code
     * user_lang}, ...): nothing that anybody has checked. Empty over the contract {@code gonet2}.
     */
    Map<String, String> attributes();

    /** The node that this user is attached to. */
    ServiceNode node();

    /**
     * Sends a packet to the user's client. On the user's own event loop (in a handler that doesn't block) the payload goes straight
     * to the link, from elsewhere a copy goes through the user's outgoing queue.
     *
     * @param opcode a signed 16-bit number
     * @param payload its readable bytes, {@value #PAYLOAD_BYTES_MAX} at most; it stays the caller's, who may use it again at
     *     once, and its indices don't move
     * @throws IllegalArgumentException if the opcode or the payload is out of range
     */
    PushOutcome push(int opcode, ByteBuf payload);

    /** Sends a packet to the user's client, as {@link #push(int, ByteBuf)}. The array may be used again at once. */
    PushOutcome push(int opcode, byte[] payload);

    /**
     * Has the gateway end this user's session, after what was pushed before. Goes out even when the queue is full; a second kick
     * does nothing, and what is pushed after it doesn't reach the client.
     */
    PushOutcome kick();

    /**
     * What the service keeps for this user, if it is of the given type.
     *
     * @see #state(Object)
     */
    <T> Optional<T> state(Class<T> type);

    /** Keeps an object of the service for this user, instead of the one before. */
    void state(Object state);
}
