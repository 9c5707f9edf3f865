package dev.gatehouse.app;

import dev.gatehouse.load.Load;
import dev.gatehouse.load.LoadConfig;
import dev.gatehouse.load.Measurement;
import dev.gatehouse.load.Pace;
import dev.gatehouse.load.report.MachineStalls;
import dev.gatehouse.load.report.ProcessSampler;
import dev.gatehouse.load.report.Report;
import dev.gatehouse.net.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One run of {@code bench}: connects, warms up, measures; a signal ends it early. */
final class BenchRun implements AutoCloseable {
    private final String title;
    private final Pace pace;
    private final BenchPaceOptions options;
    private final Optional<ProcessSampler> server;
    private final Load load;
    private volatile boolean stopped;

    BenchRun(String title, LoadConfig config, Pace pace, BenchPaceOptions options, Optional<ProcessSampler> server) {
        this.title = title;
        this.pace = pace;
        this.options = options;
        this.server = server;
        load = Load.start(config);
    }

    /** Runs until the end, or until a signal. */
    Report measure() throws InterruptedException {
        stopOnSignal();
        try (BenchProgress progress = new BenchProgress(load)) {
            progress.connecting();
            load.awaitConnected();
            Optional<Measurement> warmUp = warmUp(progress);
            Instant began = Instant.now();
            server.ifPresent(ProcessSampler::begin);
            progress.measuring("measuring", options.duration(), options.messages());
            try (MachineStalls stalls = MachineStalls.count()) {
                Measurement measured = stopped && warmUp.isPresent()
                        ? warmUp.get()
                        : after(warmUp, load.run(pace, options.duration(), options.messages()));
                return new Report(
                        title,
                        began,
                        load.config(),
                        measured,
                        server.map(ProcessSampler::samples).orElse(List.of()),
                        server.map(ProcessSampler::processorTime).orElse(Duration.ZERO),
                        stalls.summary());
            }
        }
    }

    private void stopOnSignal() {
        Signals signals = Signals.install();
        Thread.ofVirtual().start(() -> {
            try {
                signals.awaitStop();
                stopped = true;
                load.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Optional<Measurement> warmUp(BenchProgress progress) throws InterruptedException {
        if (options.warmUp().isZero()) {
            return Optional.empty();
        }
        progress.measuring("warming up", options.warmUp(), Long.MAX_VALUE);
        return Optional.of(load.run(pace, options.warmUp()));
    }

    /** What went wrong in the warm-up is told too. */
    private static Measurement after(Optional<Measurement> warmUp, Measurement measured) {
        return warmUp.map(measured::after).orElse(measured);
    }

    @Override
    public void close() {
        server.ifPresent(ProcessSampler::close);
        load.close();
    }
}
