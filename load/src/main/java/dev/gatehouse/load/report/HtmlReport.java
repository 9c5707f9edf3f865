package dev.gatehouse.load.report;

import static dev.gatehouse.load.report.HtmlText.escaped;
import static dev.gatehouse.load.report.Quantities.bytes;
import static dev.gatehouse.load.report.Quantities.count;
import static dev.gatehouse.load.report.Quantities.exact;
import static dev.gatehouse.load.report.Quantities.time;

import dev.gatehouse.load.Fault;
import dev.gatehouse.load.Findings;
import dev.gatehouse.load.LoadConfig;
import dev.gatehouse.load.Measurement;
import dev.gatehouse.net.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/** The report as a page: tiles, pictures and tables, in the template {@code report.html}. */
final class HtmlReport {
    private static final DateTimeFormatter BEGAN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Report report;
    private final Measurement measured;

    HtmlReport(Report report) {
        this.report = report;
        measured = report.measured();
    }

    String text() {
        return template()
                .replace("{{title}}", escaped(report.title()))
                .replace("{{began}}", escaped(BEGAN.format(report.began())))
                .replace("{{verdict}}", verdict())
                .replace("{{tiles}}", tiles())
                .replace("{{charts}}", new Charts(report).html())
                .replace("{{percentiles}}", percentiles())
                .replace("{{counts}}", counts())
                .replace("{{settings}}", settings())
                .replace("{{troubles}}", troubles());
    }

    private static String template() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.html")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String verdict() {
        long faults = measured.findings().faultCount();
        if (faults > 0) {
            return "<p class=\"verdict bad\">" + exact(faults) + " answers are wrong or missing</p>";
        }
        long ends = measured.findings().endCount() + measured.findings().connectFailureCount();
        String all = "Every one of " + exact(measured.answers()) + " answers came, in order and byte for byte";
        return ends == 0
                ? "<p class=\"verdict good\">" + all + "</p>"
                : "<p class=\"verdict fair\">" + all + "; " + exact(ends) + " connections failed or were ended</p>";
    }

    private String tiles() {
        Histogram latency = measured.latency();
        return tile("p50", time(latency.getValueAtPercentile(50)))
                + tile("p99", time(latency.getValueAtPercentile(99)))
                + tile("p99.9", time(latency.getValueAtPercentile(99.9)))
                + tile("max", time(latency.getMaxValue()))
                + tile("answers a second", count(measured.answersPerSecond()))
                + tile("bytes a second", bytes(measured.bytesPerSecond()))
                + (report.server().isEmpty()
                        ? ""
                        : tile("server µs an answer", HtmlText.decimal(report.serverMicrosAnAnswer())));
    }

    private static String tile(String label, String value) {
        return "<div class=\"tile\"><b>" + escaped(value) + "</b><span>" + escaped(label) + "</span></div>";
    }

    private String percentiles() {
        StringBuilder rows = new StringBuilder();
        for (double percentile : new double[] {50, 75, 90, 95, 99, 99.9, 99.99}) {
            row(
                    rows,
                    "p" + Double.toString(percentile).replaceAll("\\.0$", ""),
                    time(measured.latency().getValueAtPercentile(percentile)));
        }
        row(rows, "max", time(measured.latency().getMaxValue()));
        row(rows, "mean", time(measured.latency().getMean()));
        return rows.toString();
    }

    private String counts() {
        StringBuilder rows = new StringBuilder();
        row(rows, "messages sent", exact(measured.sent()));
        row(rows, "answers", exact(measured.answers()));
        row(rows, "time", time(measured.elapsed()));
        row(rows, "not sent, no room", exact(measured.notSent()));
        row(rows, "other packets", exact(measured.otherPackets()));
        row(rows, "connections made", exact(measured.connections()));
        row(rows, "connected at the end", exact(measured.connected()));
        row(rows, "this load, µs an answer", HtmlText.decimal(report.loadMicrosAnAnswer()));
        row(
                rows,
                "machine stalls over " + time(MachineStalls.THRESHOLD),
                exact(report.stalls().count())
                        + (report.stalls().count() == 0
                                ? ""
                                : ", longest " + time(report.stalls().longest())));
        return rows.toString();
    }

    private String settings() {
        LoadConfig config = report.config();
        StringBuilder rows = new StringBuilder();
        row(rows, "server", Address.format(config.address()));
        row(rows, "mode", config.mode().toString());
        row(rows, "pace", measured.pace().toString());
        row(
                rows,
                "clients",
                exact(config.clients()) + " on " + config.threads() + (config.threads() == 1 ? " thread" : " threads"));
        row(rows, "payload", exact(config.payloadBytes()) + " B");
        row(rows, "TLS", config.tls().isPresent() ? "yes" : "no");
        return rows.toString();
    }

    private String troubles() {
        Findings findings = measured.findings();
        StringBuilder rows = new StringBuilder();
        for (Fault fault : Fault.values()) {
            row(rows, "answers " + fault.words(), exact(findings.faults().getOrDefault(fault, 0L)));
        }
        reasons(rows, "failed to connect: ", findings.connectFailures());
        reasons(rows, "ended: ", findings.ends());
        findings.examples().forEach(example -> row(rows, example, ""));
        return rows.toString();
    }

    private static void reasons(StringBuilder rows, String label, Map<String, Long> reasons) {
        reasons.forEach((reason, count) -> row(rows, label + reason, exact(count)));
    }

    private static void row(StringBuilder rows, String name, String value) {
        rows.append("<tr><th>")
                .append(escaped(name))
                .append("</th><td>")
                .append(escaped(value))
                .append("</td></tr>\n");
    }
}
