package dev.gatehouse.load.report;

import dev.gatehouse.load.LoadConfig;
import dev.gatehouse.load.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that a load has to tell. Immutable.
 *
 * @param title what was loaded, in a line
 * @param began when the run began
 * @param config the load's settings
 * @param measured what was measured
 * @param server looks at the server's process; empty where it wasn't known
 * @param serverProcessorTime what the server's process took of the processors during the run; zero where it wasn't known
 * @param stalls stalls of the machine during the run
 */
public record Report(
        String title,
        Instant began,
        LoadConfig config,
        Measurement measured,
        List<ProcessSample> server,
        Duration serverProcessorTime,
        MachineStalls.Summary stalls) {
    /** The percentiles that are told. */
    static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9);

    /** The report as a table for a terminal. */
    public String text() {
        return new TextReport(this).text();
    }

    /** The report as one JSON object. */
    public String json() {
        return new JsonReport(this).text();
    }

    /** The report as a page that needs no other file and no network. */
    public String html() {
        return new HtmlReport(this).text();
    }

    /** Whether everything was as it should be: an answer came to every message, and each was right. */
    public boolean clean() {
        return measured.findings().faultCount() == 0;
    }

    /** Processor time of the server for each answer, in microseconds; 0 where it isn't known. */
    double serverMicrosAnAnswer() {
        return measured.answers() == 0 ? 0 : serverProcessorTime.toNanos() / 1e3 / measured.answers();
    }

    /** Processor time of the load's threads for each answer, in microseconds. */
    double loadMicrosAnAnswer() {
        return measured.answers() == 0 ? 0 : measured.processorTime().toNanos() / 1e3 / measured.answers();
    }
}
