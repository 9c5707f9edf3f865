package dev.gatehouse.net;

import java.time.Duration;

/**
 * What happens to a {@link KeptConnection}. All calls come on one thread, an event loop, in the order of the events, and must
 * not block.
 */
public interface ConnectionEvents {
    /** It is connected; what is sent from now on goes there. */
    default void connected(Connection connection) {}

    /** The connection has ended; after {@code wait} it connects again. */
    default void disconnected(Connection connection, CloseReason reason, Duration wait) {}

    /** None of the addresses could be connected to; {@code failure} is the last one's, and after {@code wait} all are tried again. */
    default void failed(ConnectException failure, Duration wait) {}
}
