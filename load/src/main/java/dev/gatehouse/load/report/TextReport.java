package dev.gatehouse.load.report;

import static dev.gatehouse.load.report.Quantities.bytes;
import static dev.gatehouse.load.report.Quantities.count;
import static dev.gatehouse.load.report.Quantities.exact;
import static dev.gatehouse.load.report.Quantities.time;

import dev.gatehouse.load.Fault;
import dev.gatehouse.load.Measurement;
import dev.gatehouse.load.Pace;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The report as lines of text. */
final class TextReport {
    private static final int LABEL_COLUMNS = 20;

    private final Report report;
    private final Measurement measured;
    private final StringBuilder text = new StringBuilder();

    TextReport(Report report) {
        this.report = report;
        measured = report.measured();
    }

    String text() {
        text.append(report.title()).append("\n\n");
        latency("latency", measured.latency());
        if (measured.lateness().getTotalCount() > 0) {
            latency("sent late by", measured.lateness());
        }
        text.append('\n');
        line(
                "answers",
                exact(measured.answers()) + " of " + exact(measured.sent()) + " messages in " + time(measured.elapsed())
                        + ", " + count(measured.answersPerSecond()) + "/s");
        line("bytes", bytes(measured.bytesPerSecond()) + "/s both ways");
        line(
                "clients",
                exact(measured.connected()) + " of " + exact(report.config().clients()) + " connected at the end; "
                        + exact(measured.connections()) + " connections made meanwhile");
        processors();
        troubles();
        return text.toString();
    }

    private void latency(String label, Histogram histogram) {
        StringBuilder cells = new StringBuilder();
        for (double percentile : Report.PERCENTILES) {
            cell(cells, "p" + HtmlText.number(percentile), histogram.getValueAtPercentile(percentile));
        }
        cell(cells, "max", histogram.getMaxValue());
        line(label, histogram.getTotalCount() == 0 ? "none" : cells.toString().stripTrailing());
    }

    private static void cell(StringBuilder cells, String name, long nanos) {
        cells.append(String.format(Locale.ROOT, "%s %-12s", name, time(nanos)));
    }

    private void processors() {
        if (!report.server().isEmpty()) {
            line(
                    "server",
                    String.format(
                            Locale.ROOT,
                            "%.2f µs of processor time an answer, %s of memory",
                            report.serverMicrosAnAnswer(),
                            bytes(report.server().getLast().residentBytes())));
        }
        line(
                "this load",
                String.format(Locale.ROOT, "%.2f µs of processor time an answer", report.loadMicrosAnAnswer()));
        MachineStalls.Summary stalls = report.stalls();
        if (stalls.count() > 0) {
            line(
                    "machine",
                    exact(stalls.count()) + " stalls over " + time(MachineStalls.THRESHOLD) + ", the longest "
                            + time(stalls.longest()));
        }
    }

    private void troubles() {
        if (measured.pace() instanceof Pace.Open && measured.notSent() > 0) {
            line(
                    "not sent",
                    exact(measured.notSent())
                            + " messages: every client had as many waiting as may; latency looks better than it is");
        }
        if (measured.otherPackets() > 0) {
            line("other packets", exact(measured.otherPackets()));
        }
        reasons("failed to connect", measured.findings().connectFailures());
        reasons("connections ended", measured.findings().ends());
        Map<Fault, Long> faults = measured.findings().faults();
        for (Fault fault : Fault.values()) {
            if (faults.containsKey(fault)) {
                line("WRONG", exact(faults.get(fault)) + " answers " + fault.words());
            }
        }
        measured.findings().examples().forEach(example -> line("", example));
    }

    private void reasons(String label, Map<String, Long> reasons) {
        reasons.forEach((reason, count) -> line(label, exact(count) + " " + reason));
    }

    private void line(String label, String value) {
        text.append(
                String.format(Locale.ROOT, "%-" + LABEL_COLUMNS + "s", label).substring(0, LABEL_COLUMNS));
        text.append(value).append('\n');
    }
}
