package dev.gatehouse.app;

import dev.gatehouse.cluster.ClusterListener;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what a participant hears of its coordinators. On one event loop. */
final class ClusterLog implements ClusterListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLog.class);

    private final String id;

    /** @param id the participant's, with which lines begin */
    ClusterLog(String id) {
        this.id = id;
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
    public void rings(RingSnapshot rings) {
        LOG.debug("{}: rings {}", id, rings.version());
    }
}
