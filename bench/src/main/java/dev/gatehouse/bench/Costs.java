package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

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
        return each(contestant, base, work, (cost, by) -> cost / by);
    }

    /** Microseconds more than another contestant's, inside each turn. */
    Sample difference(String contestant, String base, Work work) {
        return each(contestant, base, work, (cost, less) -> cost - less);
    }

    private Sample each(String contestant, String base, Work work, DoubleBinaryOperator operator) {
        List<Double> first = values(contestant, work);
        List<Double> second = values(base, work);
        List<Double> results = new ArrayList<>();
        for (int turn = 0; turn < Math.min(first.size(), second.size()); turn++) {
            results.add(operator.applyAsDouble(first.get(turn), second.get(turn)));
        }
        return Sample.of(results);
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
