package dev.gatehouse.app;

import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.operator.OperatorException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The option of the grace period, which every server has. */
final class GraceOption {
    static final Duration DEFAULT = Duration.ofSeconds(10);

    private final Supplier<Optional<String>> grace;

    GraceOption(Subcommand command) {
        grace = command.option(
                "--grace",
                "DURATION",
                String.class,
                "How long a stop (TERM, Ctrl-C) may take; 10s by default. A second TERM ends at once.");
    }

    Duration value() {
        try {
            return grace.get().map(Durations::parse).orElse(DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new OperatorException("--grace: " + e.getMessage(), e);
        }
    }

    /** As it was given. */
    Optional<String> text() {
        return grace.get();
    }
}
