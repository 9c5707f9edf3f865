package dev.gatehouse.app;

import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.operator.OperatorException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of the grace period, which every server has. */
final class GraceOption {
    static final Duration DEFAULT = Duration.ofSeconds(10);

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            description = "How long a stop (TERM, Ctrl-C) may take; 10s by default. A second TERM ends at once.")
    private Optional<String> grace = Optional.empty();

    Duration value() {
        try {
            return grace.map(Durations::parse).orElse(DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new OperatorException("--grace: " + e.getMessage(), e);
        }
    }

    /** As it was given. */
    Optional<String> text() {
        return grace;
    }
}
