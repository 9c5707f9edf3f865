package dev.gatehouse.bench;

import java.util.List;
import java.util.Locale;

/** Values that were measured, and what they say together. Those that are no numbers, of turns that failed, are left out. */
final class Sample {
    private final List<Double> values;

    private Sample(List<Double> values) {
        this.values = values;
    }

    static Sample of(List<Double> values) {
        return new Sample(
                values.stream().filter(value -> !value.isNaN()).sorted().toList());
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** NaN of nothing. */
    double median() {
        int middle = values.size() / 2;
        if (values.isEmpty()) {
            return Double.NaN;
        }
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    /** The median and its {@link #low} and {@link #high}, as tables have them; a dash of nothing. */
    String text() {
        return isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median(), low(), high());
    }

    /**
     * The lower end of the 95 % confidence interval of the median, from the order of the values alone: between the ranks that the
     * median lies outside of with a probability of at most 2.5 % on each side, if values fall above and below it like a fair coin
     * (Conover, Practical Nonparametric Statistics, 3.2). Too few values give their range.
     */
    double low() {
        return values.get(rank());
    }

    /** The upper end of the same interval. */
    double high() {
        return values.get(values.size() - 1 - rank());
    }

    private int rank() {
        int n = values.size();
        double probability = Math.pow(0.5, n);
        double below = probability;
        int rank = 0;
        while (below <= 0.025 && rank < n / 2) {
            rank++;
            probability *= (double) (n - rank + 1) / rank;
            below += probability;
        }
        return Math.max(0, rank - 1);
    }
}
