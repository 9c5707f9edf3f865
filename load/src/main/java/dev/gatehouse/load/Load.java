package dev.gatehouse.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A load: clients that are connected to a server, and run at a pace whenever they are told to. Every answer is checked, byte for byte.
 *
 * <pre>{@code
 * LoadConfig config = LoadConfig.builder("127.0.0.1:7000", Mode.lengthPrefixed(2)).clients(50).build();
 * try (Load load = Load.start(config)) {
 *     load.run(Pace.closed(32), Duration.ofSeconds(2)); // to warm up
 *     Measurement measured = load.run(Pace.closed(32), Duration.ofSeconds(10));
 *     System.out.println(measured.answersPerSecond());
 * }
 * }</pre>
 *
 * <p>Any thread, but for {@link #awaitConnected} and {@link #run}, which one thread may be in at a time.
 */
public final class Load implements AutoCloseable {
    private static final long LOOK_MILLIS = 20;
    private static final long CLOSE_SECONDS = 5;

    private final LoadConfig config;
    private final List<LoadLoop> loops;
    private final List<Thread> threads;
    private volatile int payloadBytes;
    private volatile boolean stopping;

    private Load(LoadConfig config, List<LoadLoop> loops) {
        this.config = config;
        this.loops = loops;
        payloadBytes = config.payloadBytes();
        threads = new ArrayList<>();
        for (LoadLoop loop : loops) {
            threads.add(
                    Thread.ofPlatform().daemon().name("load-", threads.size()).unstarted(loop));
        }
        threads.forEach(Thread::start);
    }

    /** Begins to connect; doesn't wait for it. */
    public static Load start(LoadConfig config) {
        List<LoadLoop> loops = new ArrayList<>();
        try {
            for (int index = 0; index < config.threads(); index++) {
                loops.add(new LoadLoop(config, index));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Load(config, loops);
    }

    /** The settings. */
    public LoadConfig config() {
        return config;
    }

    /**
     * Changes the size of the payloads, from the next run on.
     *
     * @param bytes 12 up to what the mode can carry, and not above both 64 KiB and the configured size
     */
    public void payloadBytes(int bytes) {
        payloadBytes = Arguments.inRange("payloadBytes", bytes, PayloadPattern.STAMP_BYTES, config.payloadBytesMax());
    }

    /** Where it stands. */
    public LoadProgress progress() {
        return loops.stream().map(LoadLoop::progress).reduce(LoadProgress.NONE, LoadProgress::plus);
    }

    /**
     * Waits until each client's first connect has ended, well or badly, or until {@link #stop}.
     *
     * @throws LoadException if all failed
     */
    public void awaitConnected() throws InterruptedException {
        LoadProgress now = progress();
        while (now.settled() < config.clients() && !stopping) {
            look();
            now = progress();
        }
        if (now.connected() == 0 && now.settled() == config.clients()) {
            throw new LoadException("none of " + config.clients() + " clients could connect: " + reasons());
        }
    }

    private String reasons() {
        Findings all = new Findings();
        for (LoadLoop loop : loops) {
            CompletableFuture<Findings> copy = new CompletableFuture<>();
            loop.execute(() -> copy.complete(loop.counting().findings().copy()));
            all.add(copy.join());
        }
        return String.join(", ", all.connectFailures().keySet());
    }

    /** Waits a little; what broke a thread breaks this too. */
    private void look() throws InterruptedException {
        try {
            CompletableFuture<?>[] ends = loops.stream().map(LoadLoop::ended).toArray(CompletableFuture<?>[]::new);
            CompletableFuture.anyOf(ends).get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the load is closed");
        } catch (TimeoutException e) {
            // All is well.
        } catch (ExecutionException e) {
            throw new IllegalStateException("a thread of the load broke", e.getCause());
        }
    }

    /** Runs for a time, as {@link #run(Pace, Duration, long)}. */
    public Measurement run(Pace pace, Duration time) throws InterruptedException {
        return run(pace, time, Long.MAX_VALUE);
    }

    /**
     * Runs: sends at this pace until the time is over or so many messages were sent, or until {@link #stop}, then waits for their
     * answers. Afterwards nothing is in flight. Waits before that for clients whose first connect is under way.
     *
     * @param time above 0
     * @param messages 1 or more
     * @throws LoadException if no client could connect
     */
    public Measurement run(Pace pace, Duration time, long messages) throws InterruptedException {
        Arguments.positive("time", time);
        if (messages < 1) {
            throw new IllegalArgumentException("messages: " + messages + " (expected: 1 or more)");
        }
        awaitConnected();
        long processorNanos = processorNanos();
        long start = System.nanoTime();
        Run run = new Run(pace, loops.size(), start);
        List<CompletableFuture<Counting>> countings = new ArrayList<>();
        for (int index = 0; index < loops.size(); index++) {
            Window window =
                    new Window(pace, loops.size(), index, start, start + time.toNanos(), share(messages, index));
            countings.add(begin(loops.get(index), window, new Counting(run.slices(), start)));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(countings.toArray(CompletableFuture<?>[]::new));
        while (!all.isDone()) {
            awaitBriefly(all);
            run.collect();
        }
        return run.end(
                countings.stream().map(CompletableFuture::join).toList(),
                progress().connected(),
                Duration.ofNanos(processorNanos() - processorNanos));
    }

    private long share(long messages, int index) {
        return messages / loops.size() + (index < messages % loops.size() ? 1 : 0);
    }

    private CompletableFuture<Counting> begin(LoadLoop loop, Window window, Counting counting) {
        CompletableFuture<Counting> over = new CompletableFuture<>();
        loop.execute(() -> {
            loop.begin(window, payloadBytes, counting, over::complete);
            if (stopping) {
                loop.stopRun();
            }
        });
        loop.ended()
                .whenComplete((none, failure) ->
                        over.completeExceptionally(new IllegalStateException("a thread of the load broke", failure)));
        return over;
    }

    private static void awaitBriefly(CompletableFuture<?> all) throws InterruptedException {
        try {
            all.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Slices wait meanwhile.
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    private long processorNanos() {
        var clock = ManagementFactory.getThreadMXBean();
        return threads.stream()
                .mapToLong(thread -> Math.max(0, clock.getThreadCpuTime(thread.threadId())))
                .sum();
    }

    /** Ends a run, or the wait for connections, before its time, and every later one at once. The answers are still waited for. */
    public void stop() {
        stopping = true;
        loops.forEach(loop -> loop.execute(loop::stopRun));
    }

    /** Closes all connections, and waits for that. */
    @Override
    public void close() {
        loops.forEach(LoadLoop::close);
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
