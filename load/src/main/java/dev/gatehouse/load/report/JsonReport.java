package dev.gatehouse.load.report;

import dev.gatehouse.load.Interval;
import dev.gatehouse.load.Measurement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report as JSON; times in nanoseconds, unless a name says otherwise. */
final class JsonReport {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Report report;
    private final Measurement measured;

    JsonReport(Report report) {
        this.report = report;
        measured = report.measured();
    }

    String text() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", report.title());
        all.put("began", report.began().toString());
        all.put("clients", report.config().clients());
        all.put("mode", report.config().mode().toString());
        all.put("payloadBytes", report.config().payloadBytes());
        all.put("pace", measured.pace().toString());
        all.put("elapsedNanos", measured.elapsed().toNanos());
        all.put("sent", measured.sent());
        all.put("answers", measured.answers());
        all.put("answersPerSecond", measured.answersPerSecond());
        all.put("notSent", measured.notSent());
        all.put("otherPackets", measured.otherPackets());
        all.put("bytesSent", measured.bytesSent());
        all.put("bytesReceived", measured.bytesReceived());
        all.put("connections", measured.connections());
        all.put("connected", measured.connected());
        all.put("latencyNanos", percentiles(measured.latency()));
        all.put("latenessNanos", percentiles(measured.lateness()));
        all.put("loadProcessorNanos", measured.processorTime().toNanos());
        all.put("serverProcessorNanos", report.serverProcessorTime().toNanos());
        all.put("machineStalls", stalls());
        all.put("faults", measured.findings().faults());
        all.put("faultExamples", measured.findings().examples());
        all.put("connectFailures", measured.findings().connectFailures());
        all.put("ends", measured.findings().ends());
        all.put(
                "intervals",
                measured.intervals().stream().map(JsonReport::interval).toList());
        all.put("server", report.server().stream().map(JsonReport::sample).toList());
        return MAPPER.writeValueAsString(all) + "\n";
    }

    private static Map<String, Object> percentiles(Histogram histogram) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (double percentile : Report.PERCENTILES) {
            values.put("p" + HtmlText.number(percentile), histogram.getValueAtPercentile(percentile));
        }
        values.put("max", histogram.getMaxValue());
        values.put("mean", histogram.getMean());
        values.put("count", histogram.getTotalCount());
        return values;
    }

    private Map<String, Object> stalls() {
        return ordered(
                "count", report.stalls().count(),
                "longestNanos", report.stalls().longest().toNanos(),
                "sumNanos", report.stalls().sum().toNanos());
    }

    private static Map<String, Object> interval(Interval interval) {
        return ordered(
                "atNanos", interval.at().toNanos(),
                "lengthNanos", interval.length().toNanos(),
                "sent", interval.sent(),
                "answers", interval.answers(),
                "p50", interval.p50Nanos(),
                "p99", interval.p99Nanos(),
                "max", interval.maxNanos());
    }

    private static Map<String, Object> sample(ProcessSample sample) {
        return ordered(
                "atNanos", sample.at().toNanos(),
                "processors", sample.processors(),
                "residentBytes", sample.residentBytes());
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
