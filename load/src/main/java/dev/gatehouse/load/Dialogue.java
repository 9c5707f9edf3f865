package dev.gatehouse.load;

import java.nio.ByteBuffer;

/** What one connection says and hears, in frames. The buffers have arrays. On the client's thread. */
interface Dialogue {
    /** What hears the answers. */
    interface Listener {
        /** An answer came: its payload lies in these bytes. */
        void answer(byte[] in, int at, int length);

        /** A packet came that answers nothing. */
        void other();
    }

    /** Appends what is said first. */
    default void greet(ByteBuffer out) {}

    /** Whether requests may be sent: nothing is left to be said first. */
    default boolean ready() {
        return true;
    }

    /** How many bytes a request takes on the wire. */
    int requestBytes();

    /** Appends so many requests; {@code out} has room for them. */
    void request(ByteBuffer out, long firstSequence, int count);

    /**
     * Takes all whole frames from {@code in}; what it answers at once, before it is {@linkplain #ready() ready}, is appended to {@code
     * out}. Only while it isn't ready is anything appended.
     *
     * @throws EndException if the connection can't go on
     */
    void receive(ByteBuffer in, ByteBuffer out, Listener listener) throws EndException;

    /** Appends what keeps a connection open on which nothing was sent for long, if that needs anything. */
    default void keepAlive(ByteBuffer out) {}
}
