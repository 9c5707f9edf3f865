package dev.gatehouse.bench.latency;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A piece of time in a recording. */
record Span(Instant from, Instant to) {
    static Span endingAt(Instant end, Duration length) {
        return new Span(end.minus(length), end);
    }

    Duration length() {
        return Duration.between(from, to);
    }

    boolean overlaps(Span other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    boolean overlapsAny(List<Span> others) {
        return others.stream().anyMatch(this::overlaps);
    }
}
