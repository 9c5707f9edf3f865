package dev.gatehouse.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What went wrong, counted. A thread of a load fills its own; those of all threads are added up when it no longer does.
 */
public final class Findings {
    /** How many faults are described; the others are only counted. */
    private static final int EXAMPLES_MAX = 10;
    /** How many different reasons of ends are told apart. */
    private static final int REASONS_MAX = 50;

    private static final String OTHER_REASONS = "other reasons";

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final List<String> examples = new ArrayList<>();
    private final Map<String, Long> connectFailures = new TreeMap<>();
    private final Map<String, Long> ends = new TreeMap<>();

    Findings() {}

    /** How often each fault was found; those that weren't are left out. */
    public Map<Fault, Long> faults() {
        return Map.copyOf(faults);
    }

    /** How many faults there were. */
    public long faultCount() {
        return sum(faults);
    }

    /** Sentences about the first faults, ten at most. */
    public List<String> examples() {
        return List.copyOf(examples);
    }

    /** How many connections failed before they were ready for messages, by reason. */
    public Map<String, Long> connectFailures() {
        return new TreeMap<>(connectFailures);
    }

    /** How many connections failed before they were ready for messages. */
    public long connectFailureCount() {
        return sum(connectFailures);
    }

    /** How many connections ended after they were ready, and not by us, by reason. */
    public Map<String, Long> ends() {
        return new TreeMap<>(ends);
    }

    /** How many connections ended after they were ready, and not by us. */
    public long endCount() {
        return sum(ends);
    }

    void fault(Fault fault, String example) {
        faults.merge(fault, 1L, Long::sum);
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(example);
        }
    }

    void connectFailed(String reason) {
        count(connectFailures, reason, 1);
    }

    void ended(String reason) {
        count(ends, reason, 1);
    }

    Findings copy() {
        Findings copy = new Findings();
        copy.add(this);
        return copy;
    }

    void add(Findings other) {
        other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        other.examples.stream().limit(EXAMPLES_MAX - examples.size()).forEach(examples::add);
        other.connectFailures.forEach((reason, count) -> count(connectFailures, reason, count));
        other.ends.forEach((reason, count) -> count(ends, reason, count));
    }

    private static void count(Map<String, Long> counts, String reason, long by) {
        boolean room = counts.containsKey(reason) || counts.size() < REASONS_MAX;
        counts.merge(room ? reason : OTHER_REASONS, by, Long::sum);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
