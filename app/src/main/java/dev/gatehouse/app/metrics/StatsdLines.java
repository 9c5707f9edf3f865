package dev.gatehouse.app.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Meters as lines of StatsD's plain format, what has changed since the last time:
 *
 * <pre>
 * NAME:VALUE|g                  a gauge
 * NAME:INCREASE|c               a counter
 * NAME:MILLISECONDS|ms|@RATE    a timer: the mean of 1/RATE events, as one sample that stands for them all
 * </pre>
 *
 * Labels follow the name with dots. The handling time of an opcode is called {@code API.NAME}. Not thread-safe.
 */
final class StatsdLines {
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Map<Meter.Id, Seen> seen = new HashMap<>();

    /** What a meter stood at the last time. */
    private record Seen(double count, double nanos) {}

    List<String> of(MeterRegistry registry) {
        List<String> lines = new ArrayList<>();
        seen.keySet().retainAll(registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet()));
        for (Meter meter : registry.getMeters()) {
            meter.use(
                    gauge -> gauge(lines, gauge, gauge.value()),
                    counter -> counter(lines, counter, counter.count()),
                    timer -> timer(lines, timer, (double) timer.count(), timer.totalTime(TimeUnit.NANOSECONDS)),
                    summary -> {},
                    longTask -> {},
                    gauge -> gauge(lines, gauge, gauge.value(TimeUnit.SECONDS)),
                    counter -> counter(lines, counter, counter.count()),
                    timer -> timer(lines, timer, timer.count(), timer.totalTime(TimeUnit.NANOSECONDS)),
                    other -> {});
        }
        return lines;
    }

    private static void gauge(List<String> lines, Meter meter, double value) {
        // A minus sign would mean a change in StatsD, and there is nothing to say about what isn't a number.
        if (Double.isFinite(value) && value >= 0) {
            lines.add(name(meter.getId()) + ":" + number(value) + "|g");
        }
    }

    private void counter(List<String> lines, Meter meter, double count) {
        double increase = count - replace(meter, count, 0).count;
        if (increase > 0) {
            lines.add(name(meter.getId()) + ":" + number(increase) + "|c");
        }
    }

    private void timer(List<String> lines, Meter meter, double count, double nanos) {
        Seen before = replace(meter, count, nanos);
        double events = count - before.count;
        if (events > 0) {
            String rate = events > 1 ? "|@" + String.format(Locale.ROOT, "%.9f", 1 / events) : "";
            lines.add(name(meter.getId()) + ":"
                    + String.format(Locale.ROOT, "%.6f", (nanos - before.nanos) / events / NANOS_PER_MILLI) + "|ms"
                    + rate);
        }
    }

    private Seen replace(Meter meter, double count, double nanos) {
        Seen before = seen.put(meter.getId(), new Seen(count, nanos));
        return before == null ? new Seen(0, 0) : before;
    }

    private static String name(Meter.Id id) {
        if (id.getName().equals(Meters.OPCODE_HANDLING.meterName())) {
            return "API." + clean(id.getTags().getFirst().getValue()).toUpperCase(Locale.ROOT);
        }
        StringBuilder name = new StringBuilder(id.getName());
        for (Tag tag : id.getTags()) {
            name.append('.').append(clean(tag.getValue()));
        }
        return name.toString();
    }

    /** Letters, digits, dashes and underscores as they are; the rest could mean something to StatsD. */
    private static String clean(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.6f", value);
    }
}
