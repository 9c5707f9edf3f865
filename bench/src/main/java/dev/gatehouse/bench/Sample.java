package dev.gatehouse.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Values that were measured, and what they say together. */
final class Sample {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
        Collections.sort(values);
    }

    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    String range() {
        return text(0, values.size() - 1);
    }

    /**
     * The 95 % confidence interval of the median, from the order of the values alone: between the ranks that the median lies outside
     * of with a probability of at most 2.5 % on each side, if values fall above and below it like a fair coin (Conover, Practical
     * Nonparametric Statistics, 3.2). Too few values give their range.
     */
    String interval() {
        int n = values.size();
        double probability = Math.pow(0.5, n);
        double below = probability;
        int rank = 0;
        while (below <= 0.025 && rank < n / 2) {
            rank++;
            probability *= (double) (n - rank + 1) / rank;
            below += probability;
        }
        int low = Math.max(0, rank - 1);
        return text(low, n - 1 - low);
    }

    private String text(int low, int high) {
        return String.format(Locale.ROOT, "%.2f to %.2f", values.get(low), values.get(high));
    }
}
