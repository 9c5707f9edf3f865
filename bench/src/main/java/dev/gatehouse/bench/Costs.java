package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured, turn by turn, so that ratios can be taken inside each turn. */
final class Costs {
    private record Key(String contestant, Work work) {}

    private final Map<Key, List<Double>> micros = new HashMap<>();

    /** Adds a turn's cost; every contestant has one in each turn, NaN if it failed. */
    void add(String contestant, Work work, double cost) {
        micros.computeIfAbsent(new Key(contestant, work), k -> new ArrayList<>())
                .add(cost);
    }

    /** Microseconds a message. */
    Sample micros(String contestant, Work work) {
        return Sample.of(values(contestant, work));
    }

    /** Ratios to another contestant inside each turn. */
    Sample ratio(String contestant, String base, Work work) {
        return ratio(contestant, work, base, work);
    }

    /** Ratios to another contestant at other work, inside each turn. */
    Sample ratio(String contestant, Work work, String base, Work baseWork) {
        List<Double> over = values(contestant, work);
        List<Double> under = values(base, baseWork);
        List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn < Math.min(over.size(), under.size()); turn++) {
            ratios.add(over.get(turn) / under.get(turn));
        }
        return Sample.of(ratios);
    }

    /** The one of these whose median is lowest, if any of them was measured. */
    Optional<String> cheapest(Collection<String> contestants, Work work) {
        return contestants.stream()
                .filter(id -> !micros(id, work).isEmpty())
                .min(Comparator.comparingDouble(id -> micros(id, work).median()));
    }

    private List<Double> values(String contestant, Work work) {
        return micros.getOrDefault(new Key(contestant, work), List.of());
    }
}
