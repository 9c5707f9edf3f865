package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.Coordinator;
import dev.gatehouse.cluster.CoordinatorConfig;
import dev.gatehouse.cluster.CoordinatorStatistics;
import dev.gatehouse.cluster.store.Store;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.net.Address;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.ListenException;
import dev.gatehouse.net.Listener;
import dev.gatehouse.net.Server;
import dev.gatehouse.ring.membership.MembershipSettings;
import dev.gatehouse.ring.membership.Memberships;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Coordinator}: the rules on one event loop, with their server and their store. */
public final class CoordinatorServer implements Coordinator {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorServer.class);

    /** A slow watcher holds one ring and a little of other messages at most. */
    private static final int QUEUE_BYTES_MAX = 32 << 20;

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final EventLoops eventLoops;
    private final EventLoop loop;
    private final Store store;
    private final Coordination coordination;
    private final Server server;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private CoordinatorServer(CoordinatorOptions options) {
        EventLoops.Builder loops =
                EventLoops.builder().threads(1).name("gatehouse-coordinator").ticker(options.ticker());
        options.transport().ifPresent(loops::transport);
        eventLoops = loops.build();
        loop = eventLoops.get(0);
        store = options.store();
        coordination = new Coordination(
                options.config(), options.secret(), store, LoopClock.of(options.config(), options.ticker()), loop);
        server = server(options);
        campaign(options);
        long tick = Coordination.TICK.toMillis();
        var unused = loop.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
    }

    /** Starts one; as {@link Coordinator.Builder#start}. */
    public static Coordinator start(CoordinatorOptions options) {
        return new CoordinatorServer(options);
    }

    private void campaign(CoordinatorOptions options) {
        try {
            store.campaign(
                    options.advertise().orElseGet(() -> Address.format(localAddress())),
                    candidate(options.config().membership()));
        } catch (StoreException e) {
            server.stop(Duration.ZERO);
            eventLoops.close();
            store.close();
            throw e;
        }
    }

    private Server server(CoordinatorOptions options) {
        Listener plain = Listener.on(options.listen());
        CoordinatorConfig config = options.config();
        int connectionsMax = config.connectionsMax() + config.unverifiedMax() + config.closingMax();
        Server.Builder builder = Server.builder(CoordinatorHandler.KEY)
                .listen(options.tls().map(plain::withTls).orElse(plain))
                .handlers(connection -> new CoordinatorHandler(coordination, connection))
                .options(ConnectionOptions.builder()
                        .queueBytesMax(QUEUE_BYTES_MAX)
                        .build())
                .connectionsMax(connectionsMax)
                .eventLoops(eventLoops);
        try {
            return builder.start();
        } catch (ListenException e) {
            eventLoops.close();
            store.close();
            throw e;
        }
    }

    private Store.Candidate candidate(MembershipSettings settings) {
        return new Store.Candidate() {
            @Override
            public void check(Memberships kept) {
                kept.objection(settings).ifPresent(sentence -> {
                    throw new StoreException(sentence + ": a smaller ring.points, or a greater points-max, is needed");
                });
            }

            @Override
            public void leads(long epoch, Memberships kept) {
                loop.execute(() -> coordination.lead(epoch, kept));
            }

            @Override
            public void follows(Optional<String> leader) {
                loop.execute(() -> coordination.follow(leader));
            }
        };
    }

    /** A task that throws isn't run again, and without ticks nobody would ever count as silent. */
    private void tick() {
        try {
            coordination.tick();
        } catch (RuntimeException e) {
            LOG.error("a tick of the coordinator has failed; it goes on", e);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return server.localAddress();
    }

    @Override
    public CoordinatorStatistics statistics() {
        return loop.inEventLoop()
                ? picture()
                : loop.submit(this::picture).syncUninterruptibly().getNow();
    }

    private CoordinatorStatistics picture() {
        return coordination.statistics(server.statistics().refused());
    }

    @Override
    public boolean stop(Duration grace) {
        if (!stopped.compareAndSet(false, true)) {
            return true;
        }
        long start = System.nanoTime();
        server.stopAccepting();
        loop.submit(coordination::stop).awaitUninterruptibly(STOP_WAIT.toMillis());
        // Nothing is published any more, so whoever leads next needn't wait until the connections have ended.
        store.close();
        Duration left = grace.minusNanos(System.nanoTime() - start);
        boolean orderly = server.stop(left.isNegative() ? Duration.ZERO : left);
        eventLoops.close();
        return orderly;
    }

    @Override
    public void close() {
        stop(Server.DEFAULT_GRACE);
    }
}
