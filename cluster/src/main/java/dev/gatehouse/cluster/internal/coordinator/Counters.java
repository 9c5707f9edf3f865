package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.CoordinatorStatistics;
import dev.gatehouse.cluster.ErrorCode;
import dev.gatehouse.cluster.internal.message.Role;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What the rules have counted. Any thread. */
final class Counters {
    private static final RingSnapshot NO_RINGS =
            RingSnapshot.of(RingVersion.NONE, RingSettings.DEFAULT, List.of(), Optional.empty());

    final LongAdder opened = new LongAdder();
    final LongAdder verified = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder saveFailures = new LongAdder();
    final LongAdder pauses = new LongAdder();
    final LongAdder lost = new LongAdder();
    private final List<LongAdder> errors =
            Stream.generate(LongAdder::new).limit(ErrorCode.values().length).toList();

    void error(ErrorCode code) {
        adder(code).increment();
    }

    /**
     * All of it, and what there is now. On the loop.
     *
     * @param turnedAway connections that the server has closed before the rules saw them
     * @param leader whoever else leads, where that is known
     * @param trouble why the store can keep nothing
     */
    CoordinatorStatistics picture(
            Rings rings, Visits visits, long turnedAway, Optional<String> leader, Optional<String> trouble) {
        return new CoordinatorStatistics(
                rings.leading(),
                leader,
                trouble,
                visits.unverified(),
                visits.count(Role.NODE),
                visits.count(Role.WATCHER),
                visits.count(Role.OPERATOR),
                opened.sum(),
                turnedAway,
                verified.sum(),
                errors(),
                lost.sum(),
                published.sum(),
                saveFailures.sum(),
                pauses.sum(),
                rings.published().orElse(NO_RINGS));
    }

    private Map<ErrorCode, Long> errors() {
        Map<ErrorCode, Long> counts = new EnumMap<>(ErrorCode.class);
        for (ErrorCode code : ErrorCode.values()) {
            counts.put(code, adder(code).sum());
        }
        return counts;
    }

    private LongAdder adder(ErrorCode code) {
        return errors.get(code.ordinal());
    }
}
