package dev.gatehouse.load.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks at a process of this machine once a second, through Linux's /proc: what it takes of the processors and of the memory. Any thread.
 */
public final class ProcessSampler implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");

    private final Path directory;
    private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "load-process-sampler");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ProcessSample> samples = new ArrayList<>();
    private long startNanos;
    private long startProcessorNanos;
    private long lastNanos;
    private long lastProcessorNanos;

    private ProcessSampler(Path directory) {
        this.directory = directory;
        begin();
        scheduler.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Begins to look at a process.
     *
     * @throws IllegalArgumentException if there is no such process, or this machine has no /proc
     */
    public static ProcessSampler start(long processId) {
        Path directory = PROC.resolve(Long.toString(processId));
        if (!Files.isReadable(directory.resolve("task"))) {
            throw new IllegalArgumentException(
                    "processId: " + processId + " (expected: a process of this machine, which has to be Linux)");
        }
        return new ProcessSampler(directory);
    }

    /** Begins anew: forgets what was seen. */
    public final synchronized void begin() {
        samples.clear();
        startNanos = System.nanoTime();
        lastNanos = startNanos;
        startProcessorNanos = processorNanos();
        lastProcessorNanos = startProcessorNanos;
    }

    private synchronized void look() {
        try {
            long now = System.nanoTime();
            long processorNanos = processorNanos();
            long residentBytes = residentBytes();
            if (residentBytes > 0) {
                double processors = (processorNanos - lastProcessorNanos) / (double) (now - lastNanos);
                samples.add(new ProcessSample(Duration.ofNanos(now - startNanos), processors, residentBytes));
            }
            lastNanos = now;
            lastProcessorNanos = processorNanos;
        } catch (UncheckedIOException e) {
            // It has ended: that is all there is to see.
            scheduler.shutdown();
        }
    }

    /** Processor time of all its threads so far, from the scheduler's own accounts; never less than before, when threads have ended. */
    private long processorNanos() {
        try (Stream<Path> threads = Files.list(directory.resolve("task"))) {
            long sum = threads.mapToLong(ProcessSampler::threadNanos).sum();
            return Math.max(lastProcessorNanos, sum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long threadNanos(Path thread) {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", -1)[0]);
        } catch (IOException e) {
            // A thread that has just ended.
            return 0;
        }
    }

    private long residentBytes() {
        try (Stream<String> lines = Files.lines(directory.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was seen so far. */
    public synchronized List<ProcessSample> samples() {
        return List.copyOf(samples);
    }

    /** What the process took of the processors so far, since the start. */
    public synchronized Duration processorTime() {
        try {
            return Duration.ofNanos(processorNanos() - startProcessorNanos);
        } catch (UncheckedIOException e) {
            return Duration.ofNanos(lastProcessorNanos - startProcessorNanos);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
