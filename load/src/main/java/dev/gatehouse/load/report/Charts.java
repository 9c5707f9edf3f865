package dev.gatehouse.load.report;

import dev.gatehouse.load.Interval;
import dev.gatehouse.load.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** The pictures of a report. */
final class Charts {
    private static final int PERCENTILE_TICKS_PER_HALF = 5;
    private static final int NINES_MAX = 6;
    private static final double BINARY = 1024.0 * 1024;

    private final Report report;
    private final Measurement measured;

    Charts(Report report) {
        this.report = report;
        measured = report.measured();
    }

    /** All charts for which something was measured, one after the other. */
    String html() {
        StringBuilder html = new StringBuilder();
        if (measured.latency().getTotalCount() > 0) {
            html.append(latencyByPercentile().html());
        }
        if (measured.intervals().size() > 1) {
            html.append(rate().html());
            html.append(latencyOverTime().html());
        }
        if (report.server().size() > 1) {
            html.append(processors().html());
            html.append(memory().html());
        }
        return html.toString();
    }

    private Chart latencyByPercentile() {
        List<Series> lines = new ArrayList<>();
        lines.add(new Series("latency", 1, true, byPercentile(measured.latency())));
        if (measured.lateness().getTotalCount() > 0) {
            lines.add(new Series("sent late by", 2, false, byPercentile(measured.lateness())));
        }
        double nines =
                Math.ceil(Math.log10((double) Math.max(10, measured.latency().getTotalCount())));
        return new Chart(
                "Latency by percentile",
                Chart.FULL,
                Axis.percentiles((int) Math.min(NINES_MAX, nines)),
                times(lines.subList(0, 1)),
                lines);
    }

    private static List<Series.Point> byPercentile(Histogram histogram) {
        List<Series.Point> points = new ArrayList<>();
        for (HistogramIterationValue value : histogram.percentiles(PERCENTILE_TICKS_PER_HALF)) {
            points.add(new Series.Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()));
        }
        return points;
    }

    private Chart rate() {
        Series answers = new Series("answers a second", 1, true, overTime(Interval::answersPerSecond));
        return new Chart(
                "Answers a second",
                Chart.HALF,
                time(),
                Axis.linear(answers.max(), 1, Quantities::count),
                List.of(answers));
    }

    private Chart latencyOverTime() {
        List<Series> lines = List.of(
                new Series("p50", 1, false, overTime(Interval::p50Nanos)),
                new Series("p99", 2, false, overTime(Interval::p99Nanos)),
                new Series("max", 3, false, overTime(Interval::maxNanos)));
        return new Chart("Latency over time", Chart.HALF, time(), times(lines), lines);
    }

    private Chart processors() {
        Series line = new Series("processors", 2, true, ofServer(ProcessSample::processors));
        return new Chart(
                "Server: busy processors",
                Chart.HALF,
                time(),
                Axis.linear(line.max(), 1, HtmlText::decimal),
                List.of(line));
    }

    private Chart memory() {
        Series line = new Series("memory", 3, true, ofServer(ProcessSample::residentBytes));
        return new Chart(
                "Server: memory (RSS)",
                Chart.HALF,
                time(),
                Axis.linear(line.max(), BINARY, Quantities::bytes),
                List.of(line));
    }

    /** The middle of each second that has passed; a rest of a second says too little. */
    private List<Series.Point> overTime(ToDoubleFunction<Interval> value) {
        return measured.intervals().stream()
                .filter(interval -> interval.length().compareTo(Duration.ofMillis(500)) >= 0)
                .map(interval -> new Series.Point(
                        seconds(interval.at().plus(interval.length().dividedBy(2))), value.applyAsDouble(interval)))
                .toList();
    }

    private List<Series.Point> ofServer(ToDoubleFunction<ProcessSample> value) {
        return report.server().stream()
                .map(sample -> new Series.Point(seconds(sample.at()), value.applyAsDouble(sample)))
                .toList();
    }

    private Axis time() {
        return Axis.exact(seconds(measured.elapsed()), seconds -> HtmlText.decimal(seconds) + " s");
    }

    private static Axis times(List<Series> lines) {
        double min = lines.stream().mapToDouble(Series::min).min().orElse(1);
        double max = lines.stream().mapToDouble(Series::max).max().orElse(1);
        return Axis.logarithmic(min, max, Quantities::time);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
