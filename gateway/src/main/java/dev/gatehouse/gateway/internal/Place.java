package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.internal.link.Attachment;
import dev.gatehouse.gateway.internal.link.AttachmentOwner;
import dev.gatehouse.gateway.internal.link.ServiceLinks;
import dev.gatehouse.link.Introduction;
import dev.gatehouse.link.Packet;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.ring.snapshot.RingVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session with one service, over as many attachments as it takes, one after the other. On the session's event loop.
 *
 * <pre>
 *   CLOSED -> WAITING (for a node) -> OPENING -> OPEN -> MOVING (the old one ends) -> WAITING ...
 *                | a node comes                   | lost
 *                +-----> PAUSING (jitter) <-------+
 *                           |
 *                           +-> OPENING, or WAITING
 * </pre>
 */
final class Place implements AttachmentOwner {
    private enum State {
        CLOSED,
        WAITING,
        OPENING,
        OPEN,
        MOVING,
        PAUSING
    }

    private final Session session;
    private final ServiceLinks service;
    private final GatewayConfig config;
    private State state = State.CLOSED;
    private @Nullable Attachment current;
    /** The ring by which it was attached last. */
    private RingVersion placedBy = RingVersion.NONE;
    /** The ring of which a node has said that it's stale. */
    private RingVersion stale = RingVersion.NONE;

    /** Since when there has been no attachment, if it waits for one. */
    private OptionalLong waitingSince = OptionalLong.empty();
    /** The first packet of a service that is attached only then; it goes out when the attachment is there. */
    private @Nullable ByteBuf held;

    Place(Session session, ServiceLinks service, GatewayConfig config) {
        this.session = session;
        this.service = service;
        this.config = config;
    }

    boolean open() {
        return state == State.OPEN;
    }

    /** Whether the client must not be read on account of this service. */
    boolean holdsReading() {
        Attachment attachment = current;
        return state == State.OPEN ? attachment != null && attachment.heldBack() : state != State.CLOSED;
    }

    /** Whether the service is there and only slow. */
    boolean heldBack() {
        return state == State.OPEN && holdsReading();
    }

    /** Attaches the session to the node that shall serve it, or waits for one. */
    void attach() {
        Optional<Attachment> attachment = service.place(this);
        if (attachment.isEmpty()) {
            await();
            return;
        }
        state = State.OPENING;
        placedBy = service.ringVersion();
        current = attachment.get();
        current.open();
        changed();
    }

    private void await() {
        state = State.WAITING;
        if (waitingSince.isEmpty()) {
            waitingSince = OptionalLong.of(session.connection().nanos());
        }
        service.await(this);
        changed();
    }

    @Override
    public long user() {
        return session.user();
    }

    @Override
    public Introduction introduction() {
        return session.introduction();
    }

    @Override
    public void nodeThere() {
        if (state == State.WAITING && !session.ended() && !isStale()) {
            service.forget(this);
            attachLater();
        }
    }

    @Override
    public void stillWaiting(long now) {
        if (now - waitingSince.orElse(now) >= config.ownerTimeout().toNanos()) {
            session.end(
                    EndReason.SERVICE_UNAVAILABLE,
                    "the service " + service.name() + " had no owner for the user within " + config.ownerTimeout());
        }
    }

    /** Whether the ring is still the one that a node has refused. */
    private boolean isStale() {
        return stale.epoch() > 0 && stale.equals(service.ringVersion());
    }

    /** Gives the service a packet, opcode and payload, whose bytes are read during the call. */
    void send(ByteBuf packet) {
        Attachment attachment = current;
        if (state == State.OPEN && attachment != null) {
            attachment.send(packet);
        } else {
            held = Unpooled.copiedBuffer(packet);
            if (state == State.CLOSED) {
                attach();
            }
        }
    }

    @Override
    public boolean move(Attachment leaving) {
        if (state != State.OPEN || !leaving.equals(current) || !service.places(session.user())) {
            return false;
        }
        state = State.MOVING;
        changed();
        leaving.leave(config.detachTimeout());
        return true;
    }

    /** The gateway stops: ends the attachment, but lets the service answer. */
    void leave(Duration timeout) {
        Attachment attachment = current;
        service.forget(this);
        if (attachment == null) {
            state = State.CLOSED;
        } else {
            state = State.MOVING;
            attachment.leave(timeout);
        }
    }

    /** The session has ended. */
    void drop() {
        service.forget(this);
        state = State.CLOSED;
        Attachment attachment = current;
        if (attachment != null) {
            attachment.drop(config.detachTimeout());
        }
    }

    /** Whether an attachment is still there, perhaps only to end. */
    boolean attached() {
        return current != null;
    }

    /** The client took a packet of so many bytes for which the service waited. */
    void taken(int bytes) {
        Attachment attachment = current;
        if (attachment != null) {
            attachment.taken(bytes);
        }
    }

    @Override
    public void changed() {
        session.updateReading();
    }

    @Override
    public void accepted(Attachment attachment) {
        if (state != State.OPENING) {
            return;
        }
        current = attachment;
        state = State.OPEN;
        waitingSince = OptionalLong.empty();
        ByteBuf first = held;
        if (first != null) {
            held = null;
            attachment.send(first);
        }
        session.opened();
        changed();
        if (attachment.leaving()) {
            // The node said goodbye before it had accepted.
            move(attachment);
        }
    }

    @Override
    public boolean push(Packet packet) {
        return session.push(packet, service.index());
    }

    @Override
    public void pushBroadcast(Packet packet) {
        session.pushBroadcast(packet, service.index());
    }

    @Override
    public void kicked() {
        session.end(EndReason.KICKED, "kicked by the service " + service.name());
    }

    @Override
    public void failed(RuntimeException cause) {
        session.failed(cause);
    }

    @Override
    public void nonsense(String what) {
        session.end(EndReason.SERVICE_CLOSED, "the service " + service.name() + " sent " + what);
    }

    /** The session goes to another node, if it may once more. */
    @Override
    public void lost(Attachment attachment) {
        if (detached()) {
            return;
        }
        if (session.mayReattach()) {
            attachLater();
        } else {
            session.end(EndReason.SERVICE_UNAVAILABLE, "the service " + service.name() + " was lost too often");
        }
    }

    /** Waits for a newer ring; where no ring has placed it, asks again. Neither is an attempt: nothing was lost. */
    @Override
    public void misplaced(Attachment attachment) {
        if (detached()) {
            return;
        }
        stale = placedBy;
        if (isStale()) {
            await();
        } else {
            attachLater();
        }
    }

    /** Lets go of the attachment, whose end we didn't ask for; true if the session needs no other. */
    private boolean detached() {
        current = null;
        if (!session.ended() && !session.stopping()) {
            return false;
        }
        state = State.CLOSED;
        session.detached();
        return true;
    }

    /** After a moment, so that not all sessions come at once. */
    private void attachLater() {
        state = State.PAUSING;
        changed();
        long jitterMax = config.reattachJitter().toNanos();
        long jitter = ThreadLocalRandom.current().nextLong(jitterMax + 1);
        session.eventLoop().schedule(this::attachNow, jitter, TimeUnit.NANOSECONDS);
    }

    private void attachNow() {
        if (state == State.PAUSING && !session.ended()) {
            attach();
        }
    }

    @Override
    public void ended(Attachment attachment) {
        current = null;
        if (state == State.MOVING && !session.stopping() && !session.ended()) {
            attach();
        } else {
            state = State.CLOSED;
            session.detached();
        }
    }

    @Override
    public void closedByService(String why) {
        closed(EndReason.SERVICE_CLOSED, why);
    }

    @Override
    public void refused() {
        closed(EndReason.SERVICE_UNAVAILABLE, "refused the gateway");
    }

    private void closed(EndReason reason, String what) {
        current = null;
        state = State.CLOSED;
        if (session.ended()) {
            session.detached();
        } else {
            session.end(reason, "the service " + service.name() + " " + what);
        }
    }
}
