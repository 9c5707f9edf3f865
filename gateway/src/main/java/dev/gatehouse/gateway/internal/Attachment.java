package dev.gatehouse.gateway.internal;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session's place on a link: one gRPC stream, from open to close, on the session's event loop, which is the link's too.
 *
 * <p>It is half-closed in one of two ways: by {@link #leave}, after which what the service still answers goes to the client, and
 * by {@link #drop}, after which it is stale and only counted.
 */
final class Attachment extends ClientCall.Listener<Frame> {
    /** How many frames are asked of gRPC ahead of those that the session has taken. */
    private static final int FRAMES_AHEAD = 2;

    private final Link link;
    private final Place place;
    private final ClientCall<Frame, Frame> call;
    private boolean accepted;
    /** The node itself has accepted it, not only its silence. */
    private boolean answered;

    private boolean leaving;
    private boolean halfClosed;
    private boolean dropped;
    private boolean cancelled;
    private boolean over;
    private boolean heldBack;
    /** Frames that the session took and that held the service back: it gets as many less until they are sent. */
    private int owed;

    private int position;
    private @Nullable ScheduledFuture<?> end;

    Attachment(Link link, Place place, long user) {
        this.link = link;
        this.place = place;
        GatewayLoop loop = link.service().loop();
        call = link.channel().newCall(loop.contract(), CallOptions.DEFAULT);
        link.add(this);
        call.start(this, link.service().factory().metadata(user));
        call.request(FRAMES_AHEAD);
        if (!over && !link.trusted()) {
            long window = loop.parts().config().acceptWindow().toNanos();
            loop.eventLoop().schedule(this::accept, window, TimeUnit.NANOSECONDS);
        }
    }

    /** After the place knows this: a node that is trusted needs no wait. */
    void acceptIfTrusted() {
        if (link.trusted()) {
            accept();
        }
    }

    Place place() {
        return place;
    }

    /** Its place in the link's list. */
    int position() {
        return position;
    }

    void position(int newPosition) {
        position = newPosition;
    }

    Link link() {
        return link;
    }

    /** Gives the service a packet, opcode and payload; the bytes are read during the call. */
    void send(ByteBuf packet) {
        forward(link.service().loop().outbound().message(packet));
    }

    /** Gives the service a packet; one that may be a copy which was kept. */
    void forward(OutboundFrame frame) {
        link.counters().forwarded++;
        // While the stream isn't on a transport gRPC keeps the message, so that a view would not do.
        call.sendMessage(call.isReady() ? frame : frame.copy());
        if (!call.isReady()) {
            heldBack = true;
            place.changed();
        }
    }

    /** Whether the service must take more before it gets more. */
    boolean heldBack() {
        return heldBack;
    }

    /**
     * Sends a ping, unless this is ending, or is held back in one direction: a service that takes no more doesn't read it, and behind
     * the packets for a slow client the answer would not come.
     */
    boolean ping() {
        if (halfClosed || over || owed > 0 || !call.isReady()) {
            return false;
        }
        call.sendMessage(link.service().loop().outbound().ping(Unpooled.EMPTY_BUFFER));
        return true;
    }

    /** The client took a packet that held the service back; the packet may be one of an earlier attachment. */
    void taken() {
        if (owed > 0 && !over) {
            owed--;
            call.request(1);
        }
    }

    /** The node says goodbye; this goes on until another one can take over. */
    void nodeLeaves() {
        leaving = true;
    }

    boolean leaving() {
        return leaving && !halfClosed;
    }

    /** Ends it in order: what the service still answers, within the time, goes to the client. */
    void leave(Duration timeout) {
        halfClose(timeout);
    }

    /** Ends it: nothing that the service still sends reaches the client. */
    void drop(Duration timeout) {
        dropped = true;
        while (owed > 0 && !over) {
            taken();
        }
        halfClose(timeout);
    }

    private void halfClose(Duration timeout) {
        if (!halfClosed && !over) {
            halfClosed = true;
            call.halfClose();
            end = link.service().loop().eventLoop().schedule(this::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void cancel() {
        if (!over) {
            dropped = true;
            cancelled = true;
            call.cancel("the attachment did not end in time", null);
        }
    }

    @Override
    public void onHeaders(Metadata headers) {
        answered = true;
        link.trust();
        accept();
    }

    @Override
    public void onMessage(Frame frame) {
        link.heard();
        if (dropped) {
            if (frame.type() == Frame.MESSAGE) {
                link.counters().stale++;
            }
            call.request(1);
            return;
        }
        boolean more;
        try {
            more = take(frame);
        } catch (RuntimeException e) {
            more = place.failed(e);
        }
        if (more) {
            call.request(1);
        } else {
            owed++;
        }
    }

    private boolean take(Frame frame) {
        return switch (frame.type()) {
            case Frame.MESSAGE -> message(frame);
            case Frame.KICK -> place.kicked();
            case Frame.PING -> pong();
            default -> place.nonsense("a frame of type " + frame.type());
        };
    }

    private boolean message(Frame frame) {
        if (frame.length() < Short.BYTES) {
            return place.nonsense("a packet of " + frame.length() + " bytes");
        }
        link.counters().returned++;
        return place.push(frame);
    }

    private boolean pong() {
        link.pong(this);
        return true;
    }

    @Override
    public void onReady() {
        if (heldBack) {
            heldBack = false;
            place.changed();
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        over = true;
        boolean nodeGone = nodeGone(status);
        link.remove(this, !cancelled && !nodeGone);
        if (end != null) {
            end.cancel(false);
        }
        // A planned move that breaks half way was one from a node that is lost now.
        boolean lost = nodeGone && !dropped;
        if (lost) {
            link.counters().lostAttachments++;
            place.lost(this);
        } else if (halfClosed) {
            place.ended(this);
        } else if (!answered && refusal(status)) {
            link.refused(status);
            place.refused();
        } else {
            place.closedByService(status);
        }
    }

    private static boolean refusal(Status status) {
        return status.getCode() == Status.Code.UNAUTHENTICATED || status.getCode() == Status.Code.PERMISSION_DENIED;
    }

    /**
     * Whether a stream that ended so did it with its node, not by the service's will. gRPC gives a broken transport several codes,
     * after what it was doing at that moment, but only a status that it made itself has a cause. CANCELLED with a cause
     * is an error of ours.
     */
    static boolean nodeGone(Status status) {
        Status.Code code = status.getCode();
        return code == Status.Code.UNAVAILABLE || (status.getCause() != null && code != Status.Code.CANCELLED);
    }

    private void accept() {
        if (!accepted && !over && !halfClosed) {
            accepted = true;
            place.accepted(this);
        }
    }
}
