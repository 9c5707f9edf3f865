package dev.gatehouse.app;

import dev.gatehouse.cluster.ClusterListener;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what a participant hears of its coordinators, and hands the rings on. On one event loop. */
final class ClusterLog implements ClusterListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLog.class);

    private final String id;
    private final Consumer<RingSnapshot> rings;
    private long epoch;

    /** @param id the participant's, with which lines begin */
    ClusterLog(String id) {
        this(id, snapshot -> {});
    }

    /** The same, for somebody who wants the rings. */
    ClusterLog(String id, Consumer<RingSnapshot> rings) {
        this.id = id;
        this.rings = rings;
    }

    @Override
    public void connected(String coordinator, int assignedId) {
        LOG.info("{}: connected to the coordinator {}, slot {}", id, coordinator, assignedId);
    }

    @Override
    public void disconnected(String why, Duration wait) {
        LOG.warn("{}: no coordinator, again in {} ms: {}", id, wait.toMillis(), why);
    }

    @Override
    public void rings(RingSnapshot snapshot) {
        LOG.debug("{}: rings {}", id, snapshot.version());
        if (snapshot.version().epoch() > epoch) {
            epoch = snapshot.version().epoch();
            // Whoever has to begin a new one must know which were there.
            LOG.info("{}: rings of epoch {}", id, epoch);
        }
        rings.accept(snapshot);
    }
}
