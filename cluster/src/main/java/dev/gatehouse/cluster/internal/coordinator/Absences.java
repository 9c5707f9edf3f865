package dev.gatehouse.cluster.internal.coordinator;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Nodes that aren't connected but may still return: until when. After a start or a pause of the coordinator's own there is a time of grace. On the
 * loop.
 */
final class Absences {
    private final LoopClock clock;
    private final Duration returnTime;
    private final Map<String, Long> deadlines = new LinkedHashMap<>();
    private long graceUntilNanos;

    Absences(LoopClock clock, Duration returnTime) {
        this.clock = clock;
        this.returnTime = returnTime;
        graceUntilNanos = clock.now();
    }

    /** These nodes may be connected to a coordinator before us: they have time to find this one. */
    void graceFor(Collection<String> ids) {
        graceUntilNanos = clock.now() + returnTime.toNanos();
        ids.forEach(id -> deadlines.put(id, graceUntilNanos));
    }

    /** We have paused: those who are absent, and those who seem to be connected, have time to return. */
    void graceAfterPause(Collection<Visit> connected) {
        graceUntilNanos = clock.now() + returnTime.toNanos();
        deadlines.replaceAll((id, deadline) -> deadline - graceUntilNanos > 0 ? deadline : graceUntilNanos);
        connected.forEach(this::doubt);
    }

    /** A node's connection is gone; it has this time, or until the grace ends where we haven't heard of it since that began. */
    void begin(Visit visit, Duration patience) {
        long until = clock.now() + patience.toNanos();
        boolean doubted = !visit.leaving && !visit.heartbeat.confirmed() && visit.graceUntilNanos - until > 0;
        deadlines.put(visit.participant().id(), doubted ? visit.graceUntilNanos : until);
    }

    /**
     * A node has a connection again. While there is grace, that may be old news: it may have given this connection up before we could read what it
     * said. So it keeps the grace until it answers a ping.
     *
     * @param replaces whether another connection was there until now
     */
    void end(Visit visit, boolean replaces) {
        boolean wasAbsent = deadlines.remove(visit.participant().id()) != null;
        if ((wasAbsent || replaces) && !clock.reached(graceUntilNanos)) {
            doubt(visit);
        }
    }

    void clear() {
        deadlines.clear();
    }

    /** Ends those whose time is over. */
    void expire(Consumer<String> lost) {
        Iterator<Map.Entry<String, Long>> entries = deadlines.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Long> entry = entries.next();
            if (clock.reached(entry.getValue())) {
                entries.remove();
                lost.accept(entry.getKey());
            }
        }
    }

    private void doubt(Visit visit) {
        visit.graceUntilNanos = graceUntilNanos;
        visit.heartbeat.doubt();
    }
}
