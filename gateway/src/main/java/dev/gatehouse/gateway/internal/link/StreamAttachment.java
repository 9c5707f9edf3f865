package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;

/** An attachment over the contract {@code gonet2}: one gRPC stream. */
final class StreamAttachment extends Attachment implements Pinged {
    /** How many frames are asked of gRPC ahead of those that the session has taken. */
    private static final int FRAMES_AHEAD = 2;

    private final StreamLink link;
    private final ClientCall<Frame, Frame> call;
    /** The node itself has accepted it, not only its silence. */
    private boolean answered;

    StreamAttachment(StreamLink link, AttachmentOwner owner) {
        super(link, owner);
        this.link = link;
        call = link.channel().newCall(link.contract(), CallOptions.DEFAULT);
    }

    @Override
    public void open() {
        link.add(this);
        call.start(new Listener(), link.service().factory().metadata(owner().user()));
        call.request(FRAMES_AHEAD);
        if (over()) {
            return;
        }
        if (link.trusted()) {
            accept();
        } else {
            LinkLoop loop = link.service().loop();
            long window = loop.config().acceptWindow().toNanos();
            loop.eventLoop().schedule(this::accept, window, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void send(ByteBuf packet) {
        link.counters().forwarded++;
        OutboundFrame frame = link.outbound().message(packet);
        // While the stream isn't on a transport gRPC keeps the message, so that a view would not do.
        call.sendMessage(call.isReady() ? frame : frame.copy());
        if (!call.isReady()) {
            holdBack();
        }
    }

    /**
     * Not on one that is ending, or is held back in one direction: a service that takes no more doesn't read it, and behind the packets
     * for a slow client the answer would not come.
     */
    @Override
    public boolean ping() {
        if (!flowing() || !call.isReady()) {
            return false;
        }
        call.sendMessage(link.outbound().ping(Unpooled.EMPTY_BUFFER));
        return true;
    }

    @Override
    void closeSending() {
        call.halfClose();
    }

    @Override
    void abort() {
        call.cancel("the attachment did not end in time", null);
    }

    @Override
    void grant(int bytes) {
        call.request(1);
    }

    private void take(Frame frame) {
        if (frame.type() == Frame.MESSAGE) {
            packet(frame);
            return;
        }
        switch (dropped() ? Frame.PING : frame.type()) {
            case Frame.KICK -> owner().kicked();
            case Frame.PING -> link.pong(this);
            default -> owner().nonsense("a frame of type " + frame.type());
        }
        call.request(1);
    }

    private void closed(Status status) {
        boolean nodeGone = nodeGone(status);
        if (nodeGone) {
            finish(Ending.LOST, "");
        } else if (!closing() && !answered && refusal(status)) {
            link.refused(status);
            finish(Ending.REFUSED, "");
        } else {
            finish(Ending.BY_SERVICE, "ended with " + status.getCode());
        }
        link.ended(this, !aborted() && !nodeGone);
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

    private final class Listener extends ClientCall.Listener<Frame> {
        @Override
        public void onHeaders(Metadata headers) {
            answered = true;
            link.trust();
            accept();
        }

        @Override
        public void onMessage(Frame frame) {
            link.heard();
            take(frame);
        }

        @Override
        public void onReady() {
            release();
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            closed(status);
        }
    }
}
