package dev.gatehouse.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Server}: its listeners, and the limits on who may connect. */
final class ListeningServer implements Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Server.Builder settings;
    private final EventLoops eventLoops;
    private final Endpoint endpoint;
    private final AddressCounts addresses;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger acceptFailures = new AtomicInteger();
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean accepting = true;
    private volatile Optional<AcceptException> failure = Optional.empty();

    private ListeningServer(Server.Builder settings, EventLoops eventLoops) {
        this.settings = settings;
        this.eventLoops = eventLoops;
        endpoint = new Endpoint(settings, eventLoops);
        addresses = new AddressCounts(settings.connectionsPerAddressMax);
    }

    static Server start(Server.Builder settings) {
        ListeningServer server = new ListeningServer(settings, settings.eventLoops.orElseGet(EventLoops::create));
        try {
            settings.listeners.forEach(server::listen);
        } catch (ListenException e) {
            server.stop(Duration.ZERO);
            throw e;
        }
        return server;
    }

    private void listen(Listener listener) {
        acceptors.add(Acceptor.bind(this, listener, settings, eventLoops));
    }

    Endpoint endpoint() {
        return endpoint;
    }

    ChannelHandler acceptFailures() {
        return new AcceptFailures(endpoint.errors(), acceptFailures, settings.acceptFailuresMax, this::giveUp);
    }

    /** Takes a place for a new connection, on its event loop; false if it must be closed instead. */
    boolean admit(SocketChannel channel, InetSocketAddress remote) {
        if (!accepting) {
            return false;
        } else if (open.incrementAndGet() > settings.connectionsMax) {
            open.decrementAndGet();
            refused(channel, remote, CloseReason.CONNECTION_LIMIT);
            return false;
        }
        return true;
    }

    /** Gives the place of a connection back. */
    void leave() {
        open.decrementAndGet();
    }

    /** The places of each address. */
    AddressCounts addresses() {
        return addresses;
    }

    /** A connection gets no place. */
    void refused(SocketChannel channel, InetSocketAddress remote, CloseReason reason) {
        Traffic traffic = endpoint.traffic(endpoint.loop(channel));
        traffic.refused++;
        traffic.closed[reason.ordinal()]++;
        endpoint.errors()
                .error(new ConnectionError(0, remote, Optional.of(reason), reason.sentence(), Optional.empty()));
    }

    /** A listener failed to accept too often. */
    private void giveUp(AcceptException cause) {
        failure = Optional.of(cause);
        LOG.error("{}", cause.getMessage());
        Thread.ofVirtual().name("gatehouse-stop").start(() -> stop(DEFAULT_GRACE));
    }

    @Override
    public InetSocketAddress localAddress() {
        return acceptors.getFirst().localAddress();
    }

    @Override
    public List<InetSocketAddress> localAddresses() {
        return acceptors.stream().map(Acceptor::localAddress).toList();
    }

    Channel listener() {
        return acceptors.getFirst().channel();
    }

    @Override
    public int connections() {
        return endpoint.connections().size();
    }

    @Override
    public void forEach(Consumer<Connection> action) {
        endpoint.connections().forEach(action);
    }

    @Override
    public List<InetSocketAddress> remoteAddresses() {
        return endpoint.connections().stream().map(Connection::remoteAddress).toList();
    }

    @Override
    public boolean close(InetSocketAddress remoteAddress) {
        List<FramedConnection> theirs = endpoint.connections().stream()
                .filter(c -> c.remoteAddress().equals(remoteAddress))
                .toList();
        theirs.forEach(Connection::close);
        return !theirs.isEmpty();
    }

    @Override
    public <T> Optional<T> attachment(Class<T> type) {
        return endpoint.attachment().filter(type::isInstance).map(type::cast);
    }

    @Override
    public ServerStatistics statistics() {
        return endpoint.statistics(acceptFailures.get());
    }

    @Override
    public void stopAccepting() {
        accepting = false;
        acceptors.forEach(Acceptor::close);
    }

    @Override
    public boolean stop(Duration grace) {
        stopAccepting();
        boolean all = endpoint.stop(grace);
        if (settings.eventLoops.isEmpty()) {
            eventLoops.close();
        }
        if (stopped.compareAndSet(false, true)) {
            runStopHook();
            failure.ifPresentOrElse(ended::completeExceptionally, () -> ended.complete(null));
        }
        return all;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public boolean serveUntilSignal(Runnable ready) throws InterruptedException {
        Signals signals = Signals.install();
        ready.run();
        signals.awaitStop(ended);
        boolean all = stop(DEFAULT_GRACE);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return all;
    }

    private void runStopHook() {
        try {
            settings.onStopped.run();
        } catch (RuntimeException | Error e) {
            LOG.error("what was to run after the stop failed", e);
        }
    }
}
