package dev.gatehouse.gateway.internal;

import dev.gatehouse.ring.Member;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's side of a node on one event loop: a channel of its own, on that loop, and the attachments over it.
 *
 * <p>It is live while the transport is up. When the transport says goodbye (HTTP/2 GOAWAY) while attachments are open, these are
 * leaving: they go on until another node can take their sessions. When pings go unanswered, the channel is broken off, which
 * ends every attachment as lost. It reconnects for as long as the node is a member.
 */
final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Member member;
    private final ServiceLinks service;
    private final Counters.PerNode counters;
    private final Pings pings;
    private final ArrayList<Attachment> attachments = new ArrayList<>();

    private ManagedChannel channel;
    private boolean live;
    private boolean retired;
    private boolean closed;
    private boolean trusted;
    /** It was told that the node can't be reached, which is told once until the link is up. */
    private boolean missed;
    /** It was told that the node refuses us, which is told once until it accepts us or the link breaks. */
    private boolean refused;

    private long retriedNanos;

    Link(Member member, ServiceLinks service) {
        this.member = member;
        this.service = service;
        counters = service.loop().counters().node(service.name(), member.id());
        pings = new Pings(this, service.loop().parts().config().pingInterval().toNanos());
        channel = service.factory().channel(member);
        watch(channel, ConnectivityState.SHUTDOWN);
    }

    Member member() {
        return member;
    }

    ServiceLinks service() {
        return service;
    }

    Counters.PerNode counters() {
        return counters;
    }

    ManagedChannel channel() {
        return channel;
    }

    List<Attachment> attachments() {
        return attachments;
    }

    /** Whether sessions may be attached. */
    boolean usable() {
        return live && !retired;
    }

    /** Whether this connection to the node has taken our token before. */
    boolean trusted() {
        return trusted;
    }

    void trust() {
        trusted = true;
        refused = false;
    }

    /** The node doesn't take our token, whatever it took before. */
    void refused(Status status) {
        trusted = false;
        if (!refused) {
            refused = true;
            LOG.warn(
                    "link {} {} is refused by the node with {} (expected: the service token that it takes)",
                    service.name(),
                    member.id(),
                    status.getCode());
        }
    }

    /** Nothing is attached. */
    boolean idle() {
        return attachments.isEmpty();
    }

    void add(Attachment attachment) {
        attachment.position(attachments.size());
        attachments.add(attachment);
        counters.attachments++;
    }

    /** Removes by moving the last one into the gap. */
    void remove(Attachment attachment, boolean byNode) {
        Attachment last = attachments.removeLast();
        if (!last.equals(attachment)) {
            attachments.set(attachment.position(), last);
            last.position(attachment.position());
        }
        counters.attachments--;
        pings.ended(attachment, byNode);
    }

    /** The node has sent something, on whatever attachment. */
    void heard() {
        pings.heard();
    }

    void pong(Attachment attachment) {
        pings.pong(attachment);
    }

    /** The node is no member any more: its sessions move away. */
    void retire() {
        retired = true;
        attachments.forEach(Attachment::nodeLeaves);
        moveLeaving();
    }

    /** Moves the sessions of leaving attachments, as far as another node can take them. */
    void moveLeaving() {
        for (Attachment attachment : List.copyOf(attachments)) {
            if (attachment.leaving()) {
                attachment.place().move(attachment);
            }
        }
    }

    void tick(long now) {
        pings.tick(now);
        if (!live && now - retriedNanos >= RETRY_NANOS) {
            retriedNanos = now;
            // gRPC's own backoff grows to minutes, which is too long for a node that was only restarted.
            channel.resetConnectBackoff();
            channel.getState(true);
        }
    }

    /** The node answers no more: every attachment ends as lost, and the link starts anew. */
    void dead() {
        LOG.warn("link {} {} lost: pings went unanswered", service.name(), member.id());
        ManagedChannel old = channel;
        setLive(false);
        channel = service.factory().channel(member);
        watch(channel, ConnectivityState.SHUTDOWN);
        old.shutdownNow();
        service.linkChanged();
    }

    void close() {
        closed = true;
        setLive(false);
        channel.shutdownNow();
    }

    void awaitClosed() {
        try {
            channel.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(ManagedChannel watched, ConnectivityState before) {
        ConnectivityState state = watched.getState(true);
        if (state != before) {
            stateChanged(state);
        }
        if (state != ConnectivityState.SHUTDOWN) {
            watched.notifyWhenStateChanged(
                    state,
                    () -> service.loop().eventLoop().execute(() -> {
                        if (!closed && watched.equals(channel)) {
                            watch(watched, state);
                        }
                    }));
        }
    }

    private void stateChanged(ConnectivityState state) {
        boolean now = state == ConnectivityState.READY;
        if (state == ConnectivityState.TRANSIENT_FAILURE && !missed) {
            missed = true;
            LOG.warn(
                    "link {} {} can't reach {}:{}, and tries on",
                    service.name(),
                    member.id(),
                    member.host(),
                    member.port());
        }
        if (now == live) {
            return;
        }
        trusted = false;
        refused = false;
        missed &= !now;
        setLive(now);
        LOG.info("link {} {} {}", service.name(), member.id(), now ? "up" : "down");
        if (!now) {
            // Attachments of a broken transport have ended by now; those that are left are being said goodbye to.
            attachments.forEach(Attachment::nodeLeaves);
        }
        service.linkChanged();
    }

    private void setLive(boolean now) {
        if (now != live) {
            live = now;
            counters.liveLinks += now ? 1 : -1;
        }
    }
}
