package dev.gatehouse.cluster.internal.coordinator;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Nodes that aren't connected but may still return: until when. On the loop. */
final class Absences {
    private final LoopClock clock;
    private final Map<String, Long> deadlines = new LinkedHashMap<>();

    Absences(LoopClock clock) {
        this.clock = clock;
    }

    void begin(String id, long deadlineNanos) {
        deadlines.put(id, deadlineNanos);
    }

    void end(String id) {
        deadlines.remove(id);
    }

    void clear() {
        deadlines.clear();
    }

    /** Gives all of them at least until then. */
    void extend(long deadlineNanos) {
        deadlines.replaceAll((id, deadline) -> deadline - deadlineNanos > 0 ? deadline : deadlineNanos);
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
}
