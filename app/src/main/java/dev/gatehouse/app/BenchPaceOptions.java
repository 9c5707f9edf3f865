package dev.gatehouse.app;

import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.load.LoadConfig;
import dev.gatehouse.load.Pace;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code bench} that say how messages follow each other, and until when. */
final class BenchPaceOptions {
    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description =
                    "Closed loop: each client keeps so many messages in flight; 1 by default, 0: it is only connected.")
    private Optional<Integer> inFlight = Optional.empty();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Open loop: so many messages a second of all clients together, whatever the server does. Latency counts from"
                            + " when a message was due. Takes a processor while it runs.")
    private Optional<Double> rate = Optional.empty();

    @Option(
            names = "--in-flight-max",
            paramLabel = "N",
            description =
                    "Open loop: how many messages may wait on one client; those that come due beyond aren't sent, and are"
                            + " counted; 1024 by default.")
    private int inFlightMax = 1024;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "How long it measures; 10s by default.")
    private Duration duration = Duration.ofSeconds(10);

    @Option(names = "--messages", paramLabel = "N", description = "How many messages it sends at most.")
    private long messages = Long.MAX_VALUE;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "How long it runs before it measures; 2s by default, 0s: not at all.")
    private Duration warmUp = Duration.ofSeconds(2);

    Duration duration() {
        return duration;
    }

    long messages() {
        return messages;
    }

    Duration warmUp() {
        return warmUp;
    }

    /** The pace; refuses what makes no sense. */
    Pace pace() {
        if (inFlight.isPresent() && rate.isPresent()) {
            throw new OperatorException("--in-flight: can't be given together with --rate (expected: one of them)");
        }
        if (duration.isZero()) {
            throw new OperatorException("--duration: 0s (expected: above 0)");
        }
        if (messages < 1) {
            throw new OperatorException("--messages: " + messages + " (expected: 1 or more)");
        }
        return rate.map(Pace::open).orElseGet(() -> Pace.closed(inFlight.orElse(1)));
    }

    /** Puts the options into the settings. */
    void into(LoadConfig.Builder settings) {
        settings.inFlightMax(inFlightMax);
    }
}
