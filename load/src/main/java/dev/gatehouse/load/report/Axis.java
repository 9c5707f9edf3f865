package dev.gatehouse.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/** One axis of a {@link Chart}: where a value stands, and what is written beside it. */
final class Axis {
    private static final int TICKS = 5;
    private static final double[] STEPS = {1, 2, 5, 10};

    private final DoubleUnaryOperator scale;
    private final double low;
    private final double high;
    private final List<Tick> ticks;
    private final DoubleFunction<String> format;

    /** A value that has a line and a text. */
    record Tick(double value, String text) {}

    private Axis(DoubleUnaryOperator scale, double min, double max, List<Double> ticks, DoubleFunction<String> format) {
        this.scale = scale;
        this.format = format;
        low = scale.applyAsDouble(min);
        high = Math.max(scale.applyAsDouble(max), low + 1e-9);
        this.ticks = ticks.stream()
                .map(value -> new Tick(value, format.apply(value)))
                .toList();
    }

    /** From 0 to a round number that isn't below {@code max}. */
    static Axis linear(double max, double step, DoubleFunction<String> format) {
        double width = roundStep(Math.max(max, 1e-9) / TICKS, step);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i <= Math.ceil(max / width - 1e-9) || i < 2; i++) {
            ticks.add(i * width);
        }
        return new Axis(DoubleUnaryOperator.identity(), 0, ticks.getLast(), ticks, format);
    }

    /** From 0 to exactly {@code max}: for time. */
    static Axis exact(double max, DoubleFunction<String> format) {
        double width = roundStep(Math.max(max, 1e-9) / TICKS, 1);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * width <= max; i++) {
            ticks.add(i * width);
        }
        return new Axis(DoubleUnaryOperator.identity(), 0, max, ticks, format);
    }

    /** Each power of ten as wide as the others, from below {@code min} to above {@code max}. */
    static Axis logarithmic(double min, double max, DoubleFunction<String> format) {
        int first = (int) Math.floor(Math.log10(Math.max(min, 1e-9)));
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(Math.max(max, 1e-9))));
        List<Double> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            ticks.add(Math.pow(10, power));
        }
        return new Axis(
                value -> Math.log10(Math.max(value, ticks.getFirst())),
                ticks.getFirst(),
                ticks.getLast(),
                ticks,
                format);
    }

    /** Percentiles, each nine as wide as the others: 0, 90, 99, 99.9 and so on. */
    static Axis percentiles(int nines) {
        List<Double> ticks = new ArrayList<>();
        for (int nine = 0; nine <= nines; nine++) {
            ticks.add(100 - 100 * Math.pow(10, -nine));
        }
        return new Axis(
                value -> -Math.log10(1 - Math.min(value, 100 - 1e-9) / 100),
                0,
                ticks.getLast(),
                ticks,
                value -> value == 0
                        ? "0 %"
                        : "p" + Double.toString(Math.rint(value * 1e4) / 1e4).replaceAll("\\.0$", ""));
    }

    /** 1, 2 or 5 times a power of ten (times {@code unit}), and not below {@code width}. */
    private static double roundStep(double width, double unit) {
        double power = unit * Math.pow(10, Math.floor(Math.log10(width / unit)));
        for (double step : STEPS) {
            if (step * power >= width * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** Where a value stands, 0..1. */
    double at(double value) {
        return Math.clamp((scale.applyAsDouble(value) - low) / (high - low), 0, 1);
    }

    List<Tick> ticks() {
        return ticks;
    }

    /** A value as it is written. */
    String text(double value) {
        return format.apply(value);
    }
}
