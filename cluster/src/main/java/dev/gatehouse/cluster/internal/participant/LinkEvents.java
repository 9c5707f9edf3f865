package dev.gatehouse.cluster.internal.participant;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;

/** What happens on a {@link CoordinatorLink}, on its event loop. */
public interface LinkEvents {
    /** Both sides have proved themselves. */
    void verified(String coordinator, Message.Verified verified);

    /** Rings came, later than all before. */
    void rings(RingSnapshot rings);

    /** The answer to an order came. */
    default void done(Message.Done done) {}

    /** The connection has ended, or couldn't be made; after {@code wait} the next address is tried. */
    void disconnected(String why, Duration wait);
}
