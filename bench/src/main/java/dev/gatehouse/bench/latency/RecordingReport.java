package dev.gatehouse.bench.latency;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the flight recording of a {@link LatencyServer} says of the time in which it was measured, not of its start: the collector's
 * pauses, and turns that took too long. A turn is left out
 * if the machine stalled in it, as the thread that only sleeps saw; a stall in which the collector paused the JVM is the collector's,
 * and excuses nothing.
 */
public final class RecordingReport {
    private static final Duration LIMIT = Duration.ofMillis(20);
    private static final int FAILED = 1;

    private final List<Span> pauses = new ArrayList<>();
    private final List<Span> stalls = new ArrayList<>();
    private final List<Span> turns = new ArrayList<>();

    private final Span measured;

    private RecordingReport(Span measured) {
        this.measured = measured;
    }

    /** Arguments: the recording; when the measuring began, such as 2026-11-21T17:29:54Z; for how many seconds. Exit code 1 if a pause, or a turn that nothing excuses, was longer than 20 ms. */
    public static void main(String[] arguments) throws IOException {
        Instant began = Instant.parse(arguments[1]);
        RecordingReport report =
                new RecordingReport(new Span(began, began.plusSeconds(Long.parseLong(arguments[2]))));
        try (RecordingFile file = new RecordingFile(Path.of(arguments[0]))) {
            while (file.hasMoreEvents()) {
                report.add(file.readEvent());
            }
        }
        System.exit(report.tell() ? 0 : FAILED);
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.GCPhasePause" -> add(pauses, new Span(event.getStartTime(), event.getEndTime()));
            case MachineStall.NAME -> add(stalls, Span.endingAt(event.getEndTime(), event.getDuration("nanos")));
            case LateTurn.NAME -> add(turns, Span.endingAt(event.getEndTime(), event.getDuration("nanos")));
            default -> {}
        }
    }

    private void add(List<Span> spans, Span span) {
        if (span.overlaps(measured)) {
            spans.add(span);
        }
    }

    /** Whether all was well. */
    private boolean tell() {
        List<Span> excuses =
                stalls.stream().filter(stall -> !stall.overlapsAny(pauses)).toList();
        List<Span> ours =
                turns.stream().filter(turn -> !turn.overlapsAny(excuses)).toList();
        line("collector pauses", pauses);
        line("machine stalls over 5 ms", stalls);
        line("late turns, over 2 ms", turns);
        line("of these without a stall", ours);
        boolean well = tooLong(pauses) + tooLong(ours) == 0;
        print("%-26s %d collector pauses, %d turns without a stall%n", "over 20 ms", tooLong(pauses), tooLong(ours));
        return well;
    }

    private static long tooLong(List<Span> spans) {
        return spans.stream().filter(span -> span.length().compareTo(LIMIT) > 0).count();
    }

    private static void line(String name, List<Span> spans) {
        double longest =
                spans.stream().mapToDouble(RecordingReport::millis).max().orElse(0);
        double sum = spans.stream().mapToDouble(RecordingReport::millis).sum();
        print("%-26s %d, the longest %.1f ms, together %.0f ms%n", name, spans.size(), longest, sum);
    }

    private static double millis(Span span) {
        return span.length().toNanos() / 1e6;
    }

    @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"}) // The lines are what this program is for.
    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
