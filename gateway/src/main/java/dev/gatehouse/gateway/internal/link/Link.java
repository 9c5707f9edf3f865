package dev.gatehouse.gateway.internal.link;

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
 * The gateway's side of a node on one event loop: a channel of its own, on that loop, and the attachments over it. This is what holds
 * over any contract.
 *
 * <p>When the node says goodbye while attachments are open, these are leaving: they go on until another node can take their sessions.
 * When pings go unanswered, the channel is broken off, which ends every attachment as lost. It reconnects for as long as the
 * node is a member.
 */
abstract class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Member member;
    private final ServiceLinks service;
    private final NodeCounters counters;
    private final Pings pings;
    private final ArrayList<Attachment> attachments = new ArrayList<>();

    private ManagedChannel channel;
    private boolean connected;
    private boolean live;
    private boolean retired;
    private boolean takenOff;
    private boolean closed;
    /** It was told that the node can't be reached, which is told once until the link is up. */
    private boolean missed;
    /** It was told what is wrong with the node, which is told once until it accepts us or the link breaks. */
    private boolean complained;

    private long retriedNanos;

    Link(Member member, ServiceLinks service) {
        this.member = member;
        this.service = service;
        counters = service.loop()
                .nodes()
                .linked(service.name(), member.id(), service.loop().eventLoop());
        pings = new Pings(this, service.loop().config().pingInterval().toNanos());
        channel = service.factory().channel(member);
    }

    /** Begins to connect. */
    void start() {
        watch(channel, ConnectivityState.SHUTDOWN);
    }

    /** An attachment over this link, not open yet. */
    abstract Attachment attachment(AttachmentOwner owner);

    /** The transport is up. */
    abstract void connected();

    /** The transport has broken, or takes nothing new. */
    abstract void disconnected();

    /** The transport is up, but the link isn't: tries again what it takes. */
    abstract void retry();

    /** What can be asked whether the node lives. */
    abstract List<? extends Pinged> pinged();

    Member member() {
        return member;
    }

    ServiceLinks service() {
        return service;
    }

    NodeCounters counters() {
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
        return live && !retired && !takenOff;
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
    void remove(Attachment attachment) {
        Attachment last = attachments.removeLast();
        if (!last.equals(attachment)) {
            attachments.set(attachment.position(), last);
            last.position(attachment.position());
        }
        counters.attachments--;
    }

    /** The node has sent something, whatever it is. */
    void heard() {
        pings.heard();
    }

    void pong(Pinged by) {
        pings.pong(by);
    }

    /** Something that can be pinged has ended. */
    void ended(Pinged gone, boolean byNode) {
        pings.ended(gone, byNode);
    }

    /** The node doesn't take our token, or makes no sense. */
    void complain(String what) {
        if (!complained) {
            complained = true;
            LOG.warn("link {} {} {}", service.name(), member.id(), what);
        }
    }

    /** As {@link #complain}, of a node that refuses our token. */
    void refused(Status status) {
        complain("is refused by the node with " + status.getCode() + " (expected: the service token that it takes)");
    }

    /** The node has accepted us. */
    void content() {
        complained = false;
    }

    /** The node is no member any more: its sessions {@link #move} away. */
    void retire() {
        retired = true;
    }

    /** Moves so many sessions at most to other nodes, as far as these can take them; how many it were. */
    int move(int most) {
        int moved = 0;
        for (Attachment attachment : List.copyOf(attachments)) {
            if (moved == most) {
                break;
            }
            moved += attachment.owner().move(attachment) ? 1 : 0;
        }
        return moved;
    }

    /** Whether the ring says that the node is down: nobody is attached then, and its sessions count as lost, whatever the transport says. */
    void takenOff(boolean now) {
        if (now == takenOff) {
            return;
        }
        takenOff = now;
        LOG.info(
                "link {} {} {}", service.name(), member.id(), now ? "taken off: its node is down" : "back on the ring");
        if (now) {
            Duration timeout = service.loop().config().detachTimeout();
            List.copyOf(attachments).forEach(attachment -> attachment.abandon(timeout));
        }
    }

    /** Moves the sessions of leaving attachments, as far as another node can take them. */
    void moveLeaving() {
        for (Attachment attachment : List.copyOf(attachments)) {
            if (attachment.leaving()) {
                attachment.owner().move(attachment);
            }
        }
    }

    void tick(long now) {
        pings.tick(now);
        if (!live && now - retriedNanos >= RETRY_NANOS) {
            retriedNanos = now;
            if (connected) {
                retry();
            } else {
                // gRPC's own backoff grows to minutes, which is too long for a node that was only restarted.
                channel.resetConnectBackoff();
                channel.getState(true);
            }
        }
    }

    /** The node answers no more: every attachment ends as lost, and the link starts anew. */
    void dead() {
        LOG.warn("link {} {} lost: the node doesn't answer", service.name(), member.id());
        ManagedChannel old = channel;
        connected = false;
        setLive(false);
        channel = service.factory().channel(member);
        start();
        old.shutdownNow();
        service.linkChanged();
    }

    void close() {
        closed = true;
        setLive(false);
        channel.shutdownNow();
        service.loop()
                .nodes()
                .unlinked(service.name(), member.id(), service.loop().nanos());
    }

    void awaitClosed() {
        try {
            channel.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sessions may be attached. */
    void up() {
        if (!live) {
            missed = false;
            setLive(true);
            LOG.info("link {} {} up", service.name(), member.id());
            service.linkChanged();
        }
    }

    /** No more sessions may be attached. */
    void down() {
        if (live) {
            setLive(false);
            LOG.info("link {} {} down", service.name(), member.id());
            service.linkChanged();
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
        if (now == connected) {
            return;
        }
        connected = now;
        if (now) {
            complained = false;
            connected();
        } else {
            disconnected();
        }
    }

    private void setLive(boolean now) {
        if (now != live) {
            live = now;
            counters.liveLinks += now ? 1 : -1;
        }
    }
}
