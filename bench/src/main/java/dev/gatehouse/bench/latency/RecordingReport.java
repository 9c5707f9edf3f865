package dev.gatehouse.bench.latency;

import java.io.IOException;
import java.nio.file.Files;
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
 * pauses, and turns that took too long. What falls into a stall of the machine, which a {@link StallWatch} saw meanwhile, is told
 * apart: it isn't the server's.
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

    /**
     * Arguments: the recording; what the {@link StallWatch} printed; when the measuring began, such as 2026-11-21T17:29:54Z; for how
     * many seconds. Exit code 1 if a pause or a turn was longer than 20 ms without a stall.
     */
    public static void main(String[] arguments) throws IOException {
        Instant began = Instant.parse(arguments[2]);
        RecordingReport report = new RecordingReport(new Span(began, began.plusSeconds(Long.parseLong(arguments[3]))));
        try (RecordingFile file = new RecordingFile(Path.of(arguments[0]))) {
            while (file.hasMoreEvents()) {
                report.add(file.readEvent());
            }
        }
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            report.addStall(line.split(" ", -1));
        }
        System.exit(report.tell() ? 0 : FAILED);
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.GCPhasePause" -> add(pauses, new Span(event.getStartTime(), event.getEndTime()));
            case LateTurn.NAME -> add(turns, Span.endingAt(event.getEndTime(), event.getDuration("nanos")));
            default -> {}
        }
    }

    private void addStall(String[] endAndNanos) {
        Duration length = Duration.ofNanos(Long.parseLong(endAndNanos[1]));
        add(stalls, Span.endingAt(Instant.parse(endAndNanos[0]), length));
    }

    private void add(List<Span> spans, Span span) {
        if (span.overlaps(measured)) {
            spans.add(span);
        }
    }

    /** Whether all was well. */
    private boolean tell() {
        List<Span> ownPauses = withoutStall(pauses);
        List<Span> ownTurns = withoutStall(turns);
        line("machine stalls over 5 ms", stalls);
        line("collector pauses", pauses);
        line("  without a stall", ownPauses);
        line("late turns, over 2 ms", turns);
        line("  without a stall", ownTurns);
        long tooLong = tooLong(ownPauses) + tooLong(ownTurns);
        print("%-26s %d pauses or turns without a stall%n", "over 20 ms", tooLong);
        return tooLong == 0;
    }

    private List<Span> withoutStall(List<Span> spans) {
        return spans.stream().filter(span -> !span.overlapsAny(stalls)).toList();
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
