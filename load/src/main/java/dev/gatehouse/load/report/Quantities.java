package dev.gatehouse.load.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them: three digits and a unit. */
final class Quantities {
    private static final String[] TIME_UNITS = {"ns", "µs", "ms", "s"};
    private static final String[] COUNT_UNITS = {"", " k", " M", " G"};
    private static final String[] BYTE_UNITS = {" B", " KiB", " MiB", " GiB", " TiB"};

    private Quantities() {}

    /** A time in nanoseconds. */
    static String time(double nanos) {
        return scaled(nanos, 1000, TIME_UNITS, " ");
    }

    /** A time in nanoseconds. */
    static String time(long nanos) {
        return time((double) nanos);
    }

    static String time(Duration time) {
        return time(time.toNanos());
    }

    /** A number of things, rounded. */
    static String count(double count) {
        return scaled(count, 1000, COUNT_UNITS, "");
    }

    static String bytes(double bytes) {
        return scaled(bytes, 1024, BYTE_UNITS, "");
    }

    static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /** A number of things, exactly. */
    static String exact(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String scaled(double value, int step, String[] units, String gap) {
        double rest = value;
        int unit = 0;
        while (Math.abs(rest) >= 999.5 && unit < units.length - 1) {
            rest /= step;
            unit++;
        }
        return threeDigits(rest) + gap + units[unit];
    }

    private static String threeDigits(double value) {
        int decimals = value == Math.rint(value) && Math.abs(value) < 1000
                ? 0
                : Math.abs(value) < 9.995 ? 2 : Math.abs(value) < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
