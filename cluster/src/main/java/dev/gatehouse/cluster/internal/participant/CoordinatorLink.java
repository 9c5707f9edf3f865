package dev.gatehouse.cluster.internal.participant;

import dev.gatehouse.cluster.ClusterAccess;
import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.cluster.internal.message.Participant;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.net.Client;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Framing;
import dev.gatehouse.net.Ticker;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A participant's way to the coordinators: one connection, to one of them after the other, made again whenever it ends. It passes on only rings
 * that are later than all before, whoever sent them. It lives on one event loop; public methods may be called on any thread.
 */
public final class CoordinatorLink implements AutoCloseable {
    private final ClusterAccess access;
    private final Participant participant;
    private final LinkEvents events;
    private final EventLoops eventLoops;
    private final EventLoop loop;
    private final Client client;
    private final CoordinatorAddresses addresses;
    private final Attempts attempts;
    private final Ticker ticker;

    private volatile Optional<RingSnapshot> rings = Optional.empty();
    private volatile boolean verified;
    private volatile boolean closed;

    // On the event loop.
    private @Nullable Connection connection;
    private String address = "";
    private long verifiedNanos;

    public CoordinatorLink(ClusterAccess access, Participant participant, LinkEvents events) {
        this(access, participant, events, Ticker.system());
    }

    /** @param ticker by which the coordinator's silence is measured */
    CoordinatorLink(ClusterAccess access, Participant participant, LinkEvents events, Ticker ticker) {
        this.access = access;
        this.participant = participant;
        this.events = events;
        this.ticker = ticker;
        addresses = new CoordinatorAddresses(access.coordinators());
        attempts = new Attempts(access.backoff(), new SplittableRandom());
        eventLoops = EventLoops.builder()
                .threads(1)
                .name("gatehouse-" + participant.role().text())
                .ticker(ticker)
                .build();
        loop = eventLoops.get(0);
        Client.Builder builder = Client.builder(Framing.fixed(Proof.KEY_BYTES))
                .handlers(this::handler)
                .connectTimeout(access.connectTimeout())
                .errorListener(error -> {})
                .eventLoops(eventLoops);
        access.tls().ifPresent(builder::tls);
        client = builder.build();
    }

    /** Begins. */
    public void start() {
        onLoop(this::connect);
    }

    /** The rings that came last. */
    public Optional<RingSnapshot> rings() {
        return rings;
    }

    /** Whether there is a connection, and both sides have proved themselves. */
    public boolean verified() {
        return verified;
    }

    /** Sends, if there is a verified connection. */
    public void send(Message message) {
        onLoop(() -> {
            if (verified && connection != null) {
                connection.send(MessageCodec.encode(message));
            }
        });
    }

    /** Runs a task on the link's event loop; after the close nothing. */
    public void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // It has stopped, and nobody waits for this any more.
            closed = true;
        }
    }

    /** Makes no other connection than the one that there is. */
    public void retire() {
        closed = true;
    }

    /** Closes the connection in order, and makes no other. */
    @Override
    public void close() {
        closed = true;
        client.close();
        eventLoops.close();
    }

    private LinkHandler handler(Connection connection) {
        return new LinkHandler(
                this, new Introduction(access.secret(), participant), access.verifyTimeout(), connection.nanos());
    }

    private void connect() {
        if (closed) {
            return;
        }
        address = addresses.next();
        var unused = attempt(address).whenComplete((opened, failure) -> {
            if (failure != null) {
                onLoop(() -> disconnected(String.valueOf(failure.getMessage()), attempts.failed()));
            }
        });
    }

    /** An address that a coordinator has named may be none. */
    private CompletableFuture<Connection> attempt(String address) {
        try {
            return client.connect(List.of(address));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    void opened(Connection opened) {
        connection = opened;
        if (closed) {
            opened.close();
        }
    }

    void verified(Message.Verified welcome) {
        verified = true;
        verifiedNanos = ticker.nanos();
        events.verified(address, welcome);
    }

    void rings(RingSnapshot fresh) {
        Optional<RingSnapshot> before = rings;
        if (before.isEmpty() || fresh.version().compareTo(before.get().version()) > 0) {
            RingSnapshot now = before.map(fresh::reusing).orElse(fresh);
            rings = Optional.of(now);
            events.rings(now);
        }
    }

    void done(Message.Done done) {
        events.done(done);
    }

    /** @param leader where to go next, if the coordinator has said so */
    void ended(LinkHandler handler, String why, Optional<String> leader) {
        Duration verifiedFor = handler.verified() ? Duration.ofNanos(ticker.nanos() - verifiedNanos) : Duration.ZERO;
        verified = false;
        connection = null;
        leader.ifPresent(addresses::leader);
        disconnected(why, attempts.ended(verifiedFor));
    }

    private void disconnected(String why, Duration wait) {
        if (closed) {
            return;
        }
        var unused = loop.schedule(this::connect, wait.toNanos(), TimeUnit.NANOSECONDS);
        events.disconnected(address + ": " + why, wait);
    }
}
