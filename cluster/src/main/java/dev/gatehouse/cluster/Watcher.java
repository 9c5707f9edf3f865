package dev.gatehouse.cluster;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.participant.CoordinatorLink;
import dev.gatehouse.cluster.internal.participant.LinkEvents;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.Optional;

/**
 * Follows the rings: whoever routes to nodes has one. It stays connected to one of the coordinators until it is closed, and keeps the last rings
 * while there is none. Any thread.
 *
 * <pre>{@code
 * Watcher watcher = Watcher.start(access, "gateway1", listener);
 * watcher.rings().flatMap(rings -> rings.ring("game").owner("42"));
 * }</pre>
 */
public final class Watcher implements AutoCloseable {
    private final CoordinatorLink link;

    private Watcher(CoordinatorLink link) {
        this.link = link;
    }

    /**
     * Begins to follow; returns at once.
     *
     * @param id matches {@code [A-Za-z0-9._-]{1,64}}; no other watcher or node has it
     */
    public static Watcher start(ClusterAccess access, String id, ClusterListener listener) {
        CoordinatorLink link = new CoordinatorLink(access, Participant.watcher(id), new LinkEvents() {
            @Override
            public void verified(String coordinator, Message.Verified verified) {
                listener.connected(coordinator, verified.assignedId());
            }

            @Override
            public void rings(RingSnapshot rings) {
                listener.rings(rings);
            }

            @Override
            public void disconnected(String why, Duration wait) {
                listener.disconnected(why, wait);
            }
        });
        link.start();
        return new Watcher(link);
    }

    /** The rings that came last; empty before the first. */
    public Optional<RingSnapshot> rings() {
        return link.rings();
    }

    /** Whether it is connected to a coordinator. */
    public boolean connected() {
        return link.verified();
    }

    @Override
    public void close() {
        link.close();
    }
}
