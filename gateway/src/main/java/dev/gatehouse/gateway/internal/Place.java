package dev.gatehouse.gateway.internal;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.OutboundFrame;
import dev.gatehouse.protocol.EndReason;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
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
final class Place {
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
    private State state = State.CLOSED;
    private @Nullable Attachment current;
    /** The first packet of a service that is attached only then; it goes out when the attachment is there. */
    private @Nullable OutboundFrame held;

    Place(Session session, ServiceLinks service) {
        this.session = session;
        this.service = service;
    }

    ServiceLinks service() {
        return service;
    }

    boolean opened() {
        return state != State.CLOSED;
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
        Optional<Link> link = service.choose(session.user());
        if (link.isEmpty()) {
            state = State.WAITING;
            service.await(this);
            changed();
            return;
        }
        state = State.OPENING;
        Attachment attachment = new Attachment(link.get(), this, session.user());
        if (state == State.OPENING) {
            current = attachment;
            attachment.acceptIfTrusted();
        }
        changed();
    }

    /** A node may be able to take it. */
    void nodeThere() {
        if (state == State.WAITING && !session.ended()) {
            attachLater();
        }
    }

    /** Gives the service a packet, opcode and payload, whose bytes are read during the call. */
    void send(ByteBuf packet) {
        Attachment attachment = current;
        if (state == State.OPEN && attachment != null) {
            attachment.send(packet);
        } else {
            held = service.loop().outbound().message(packet).copy();
            if (state == State.CLOSED) {
                attach();
            }
        }
    }

    /** Moves the session in order from a node that leaves, if another one can take it. */
    void move(Attachment leaving) {
        if (state == State.OPEN
                && leaving.equals(current)
                && service.choose(session.user()).isPresent()) {
            state = State.MOVING;
            changed();
            leaving.leave(service.loop().parts().config().detachTimeout());
        }
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
            attachment.drop(service.loop().parts().config().detachTimeout());
        }
    }

    /** Whether an attachment is still there, perhaps only to end. */
    boolean attached() {
        return current != null;
    }

    /** The client took a packet for which the service waited. */
    void taken() {
        Attachment attachment = current;
        if (attachment != null) {
            attachment.taken();
        }
    }

    void changed() {
        session.updateReading();
    }

    void accepted(Attachment attachment) {
        if (state != State.OPENING) {
            return;
        }
        current = attachment;
        state = State.OPEN;
        OutboundFrame first = held;
        if (first != null) {
            held = null;
            attachment.forward(first);
        }
        session.opened();
        changed();
        if (attachment.leaving()) {
            // The node said goodbye before it had accepted.
            move(attachment);
        }
    }

    boolean push(Frame frame) {
        return session.push(frame, service.index());
    }

    boolean kicked() {
        session.end(EndReason.KICKED, "kicked by the service " + service.name());
        return true;
    }

    /** We failed at what the service sent. */
    boolean failed(RuntimeException cause) {
        session.failed(cause);
        return true;
    }

    boolean nonsense(String what) {
        session.end(EndReason.SERVICE_CLOSED, "the service " + service.name() + " sent " + what);
        return true;
    }

    /** The node is gone: the session goes to another one. */
    void lost(Attachment attachment) {
        current = null;
        if (session.ended()) {
            session.detached();
        } else if (session.stopping()) {
            state = State.CLOSED;
            session.detached();
        } else if (!session.mayReattach()) {
            session.end(EndReason.SERVICE_UNAVAILABLE, "the service " + service.name() + " was lost too often");
        } else {
            attachLater();
        }
    }

    /** After a moment, so that not all sessions come at once. */
    private void attachLater() {
        state = State.PAUSING;
        changed();
        long jitterMax = service.loop().parts().config().reattachJitter().toNanos();
        long jitter = ThreadLocalRandom.current().nextLong(jitterMax + 1);
        service.loop().eventLoop().schedule(this::attachNow, jitter, TimeUnit.NANOSECONDS);
    }

    private void attachNow() {
        if (state == State.PAUSING && !session.ended()) {
            attach();
        }
    }

    /** It ended as we asked. */
    void ended(Attachment attachment) {
        current = null;
        if (state == State.MOVING && !session.stopping() && !session.ended()) {
            attach();
        } else {
            state = State.CLOSED;
            session.detached();
        }
    }

    void closedByService(Status status) {
        closed(EndReason.SERVICE_CLOSED, "ended with " + status.getCode());
    }

    /** The service doesn't take the gateway, which is no fault of the session. */
    void refused() {
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
