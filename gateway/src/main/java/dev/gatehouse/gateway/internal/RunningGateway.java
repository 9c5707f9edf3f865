package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.GatewayStatistics;
import dev.gatehouse.gateway.PlacementPolicy;
import dev.gatehouse.gateway.internal.link.LinkFactory;
import dev.gatehouse.gateway.internal.link.LinkedNodes;
import dev.gatehouse.gateway.internal.link.Roster;
import dev.gatehouse.gateway.internal.link.ServiceLinks;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionError;
import dev.gatehouse.net.ConnectionOptions;
import dev.gatehouse.net.ErrorListener;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Server;
import dev.gatehouse.net.tls.ServerTls;
import dev.gatehouse.net.tls.TlsFileException;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A started gateway: a server whose connections are sessions, and an event loop's worth of links on each of its loops. */
public final class RunningGateway implements Gateway {
    /** What remains of a grace period for telling clients and closing in order, once services had their say. */
    private static final Duration CLOSE_SHARE = Duration.ofSeconds(2);

    private final Parts parts;
    private final Users users = new Users();
    private final LinkedNodes nodes = new LinkedNodes();
    private final Router router;
    private final List<GatewayLoop> loops;
    private final Membership membership;
    private final Optional<ServerTls> tls;
    private final Server server;
    private final Object stopLock = new Object();
    private volatile boolean stopping;
    private boolean stopped;
    private boolean stoppedInOrder;

    private RunningGateway(Parts parts) {
        this.parts = parts;
        GatewayConfig config = parts.config();
        tls = check(config);
        requireRings(parts);
        router = new Router(config);
        loops = IntStream.range(0, parts.eventLoops().size())
                .mapToObj(i -> new GatewayLoop(parts, parts.eventLoops().get(i), router, users, nodes))
                .toList();
        membership = new Membership(parts.registry(), config.services(), this::rosterChanged);
        try {
            server = listen(config);
        } catch (RuntimeException e) {
            closeLinks();
            throw e;
        }
    }

    /** Starts one. */
    public static Gateway start(Parts parts) {
        try {
            return new RunningGateway(parts);
        } catch (RuntimeException e) {
            if (parts.ownsLoops()) {
                parts.eventLoops().close();
            }
            throw e;
        }
    }

    /**
     * Checks what concerns files and nodes, before anything listens.
     *
     * @return what clients see of TLS
     * @throws IllegalArgumentException if something can't be used
     */
    public static Optional<ServerTls> check(GatewayConfig config) {
        config.services().values().forEach(LinkFactory::check);
        return config.tls().map(files -> tls(() -> ServerTls.of(files)));
    }

    private static void requireRings(Parts parts) {
        parts.config().services().values().stream()
                .filter(service -> service.placement() == PlacementPolicy.RING)
                .filter(service -> parts.registry().rings(service.name()).isEmpty())
                .forEach(service -> {
                    throw new IllegalArgumentException("services." + service.name()
                            + ".placement: ring (expected: another one, as the registry has no ring for it)");
                });
    }

    private Server listen(GatewayConfig config) {
        Server.Builder builder = Server.builder(
                        config.listen(),
                        Framing.lengthPrefixed(Gonet2.INSTANCE.lengthFieldBytes(), config.packetBytesMax()))
                .eventLoops(parts.eventLoops())
                .connectionsMax(config.connectionsMax())
                .options(ConnectionOptions.builder()
                        .idleTimeout(config.idleTimeout())
                        .writeTimeout(config.writeTimeout())
                        .handshakeTimeout(config.handshakeTimeout())
                        .receiveBufferBytes(config.receiveBufferBytes())
                        .sendBufferBytes(config.sendBufferBytes())
                        .build())
                .errorListener(ErrorListener.logging(RunningGateway::hasNoSessionsLine))
                .handlers(this::session);
        tls.ifPresent(builder::tls);
        config.proxyProtocol().ifPresent(builder::proxyProtocol);
        return builder.start();
    }

    /** The end of a session has a line of its own; not so what ends before it is one, and what is our fault. */
    private static boolean hasNoSessionsLine(ConnectionError error) {
        return error.closeReason()
                .map(reason -> switch (reason) {
                    case TLS_ERROR,
                            PROXY_HEADER_ERROR,
                            HANDSHAKE_TIMEOUT,
                            CONNECTION_LIMIT,
                            ADDRESS_LIMIT,
                            HANDLER_ERROR -> true;
                    default -> false;
                })
                .orElse(true);
    }

    private Session session(Connection connection) {
        return new Session(connection, loopOf(connection.eventLoop()));
    }

    private GatewayLoop loopOf(EventLoop eventLoop) {
        for (GatewayLoop loop : loops) {
            if (loop.eventLoop().equals(eventLoop)) {
                return loop;
            }
        }
        throw new IllegalStateException("a connection on a foreign event loop");
    }

    @Override
    public InetSocketAddress localAddress() {
        return server.localAddress();
    }

    @Override
    public boolean ready() {
        return !stopping && loops.stream().allMatch(l -> l.services().stream().allMatch(ServiceLinks::live));
    }

    @Override
    public int users() {
        return users.size();
    }

    @Override
    public GatewayStatistics statistics() {
        return Sums.of(server.statistics(), users.size(), router, loops, nodes);
    }

    @Override
    public boolean kick(long user) {
        Optional<Session> session = users.find(user);
        session.ifPresent(
                s -> s.connection().eventLoop().execute(() -> s.end(EndReason.KICKED, "kicked by the operator")));
        return session.isPresent();
    }

    @Override
    public void relabel(Map<Integer, String> opcodeNames, boolean trace) {
        router.relabel(opcodeNames, trace);
    }

    @Override
    public void reloadCertificates() {
        tls.ifPresent(files -> tls(() -> {
            files.reload();
            return files;
        }));
    }

    @Override
    public boolean stop(Duration grace) {
        synchronized (stopLock) {
            if (!stopped) {
                stoppedInOrder = stopNow(grace);
                stopped = true;
            }
            return stoppedInOrder;
        }
    }

    private boolean stopNow(Duration grace) {
        stopping = true;
        Duration forServices =
                grace.compareTo(CLOSE_SHARE.multipliedBy(2)) > 0 ? grace.minus(CLOSE_SHARE) : grace.dividedBy(2);
        loops.forEach(l -> l.eventLoop().execute(() -> l.stopGrace(forServices)));
        boolean inOrder = server.stop(grace);
        closeLinks();
        if (parts.ownsLoops()) {
            parts.eventLoops().close();
        }
        return inOrder;
    }

    private void rosterChanged(String service, Roster roster) {
        for (GatewayLoop loop : loops) {
            try {
                loop.eventLoop().execute(() -> loop.rosterChanged(service, roster));
            } catch (RejectedExecutionException e) {
                // The loop has ended, with the gateway, while the members were looked up.
                return;
            }
        }
    }

    private void closeLinks() {
        membership.close();
        loops.forEach(l -> l.eventLoop().submit(l::close).awaitUninterruptibly(CLOSE_SHARE.toMillis()));
        loops.forEach(GatewayLoop::awaitClosed);
    }

    /** Names the setting as the configuration does. */
    private static <T> T tls(Supplier<T> made) {
        try {
            return made.get();
        } catch (TlsFileException e) {
            throw new IllegalArgumentException("tls." + e.getMessage(), e);
        }
    }
}
