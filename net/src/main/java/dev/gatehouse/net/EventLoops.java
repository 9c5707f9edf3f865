package dev.gatehouse.net;

import static dev.gatehouse.net.Arguments.inRange;
import static dev.gatehouse.net.Arguments.positive;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads on which connections live: a fixed number of event loops over one {@link Transport}. Any thread. */
public final class EventLoops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);
    private static final long QUIET_MILLIS = 50;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Transport transport;
    private final MultiThreadIoEventLoopGroup group;
    private final List<Loop> loops;
    private final Ticker ticker;

    private EventLoops(Builder builder) {
        LeakDetection.offUnlessChosen();
        transport = builder.transport;
        ticker = builder.ticker;
        group = new MultiThreadIoEventLoopGroup(
                builder.threads, new DefaultThreadFactory(builder.name, true), transport.ioHandlerFactory());
        List<Loop> all = new ArrayList<>();
        for (EventExecutor executor : group) {
            all.add(new Loop(all.size(), (EventLoop) executor, ticker, builder.sweepInterval));
        }
        loops = List.copyOf(all);
        LOG.info("{} event loops on {}", loops.size(), transport);
    }

    /** Event loops as this machine has them best: the best transport, a thread a processor. */
    public static EventLoops create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public Transport transport() {
        return transport;
    }

    /** The number of event loops. */
    public int size() {
        return loops.size();
    }

    /** The event loop number {@code index} (0..size - 1). */
    public EventLoop get(int index) {
        return loops.get(index).eventLoop();
    }

    /** The clock of these loops. */
    public Ticker ticker() {
        return ticker;
    }

    /**
     * Stops the threads and, unless called on one of them, waits for that, 5 s at most. Whoever listens or is connected on
     * them must have been stopped before.
     */
    @Override
    public void close() {
        loops.forEach(Loop::stop);
        Future<?> stopped = group.shutdownGracefully(QUIET_MILLIS, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        if (!onOneOfThem()) {
            stopped.awaitUninterruptibly(CLOSE_TIMEOUT.toMillis());
        }
    }

    /** Whether the caller is on one of these event loops, where nothing may wait. */
    boolean onOneOfThem() {
        return loops.stream().anyMatch(loop -> loop.eventLoop().inEventLoop());
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    /** The loop that a channel was registered on. */
    Loop of(EventLoop eventLoop) {
        for (Loop loop : loops) {
            if (loop.eventLoop().equals(eventLoop)) {
                return loop;
            }
        }
        throw new IllegalStateException("the channel is registered on a foreign event loop");
    }

    /** Settings of {@link EventLoops}. */
    public static final class Builder {
        private Transport transport = Transport.NIO;
        private boolean transportChosen;
        private int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        private String name = "gatehouse";
        private Ticker ticker = Ticker.system();
        private Duration sweepInterval = Duration.ofMillis(250);

        private Builder() {}

        /** By default {@link Transport#best()}. */
        public Builder transport(Transport transport) {
            if (!transport.available()) {
                throw new IllegalArgumentException(
                        "transport: " + transport + " (expected: one that works on this machine)");
            }
            this.transport = transport;
            transportChosen = true;
            return this;
        }

        /** 1..1024; by default the number of processors. */
        public Builder threads(int threads) {
            this.threads = inRange("threads", threads, 1, 1024);
            return this;
        }

        /** What the threads' names begin with. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** The clock of all deadlines. */
        public Builder ticker(Ticker ticker) {
            this.ticker = ticker;
            return this;
        }

        /** How often deadlines are looked at, and handlers ticked; by default 250 ms. */
        public Builder sweepInterval(Duration sweepInterval) {
            this.sweepInterval = positive("sweepInterval", sweepInterval);
            return this;
        }

        public EventLoops build() {
            if (!transportChosen) {
                transport = Transport.best();
            }
            return new EventLoops(this);
        }
    }
}
