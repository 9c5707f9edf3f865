package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.OutboundFrame;
import dev.gatehouse.ring.Member;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * A link over the contract {@code gonet2}: it is live while its transport is up, and the node's goodbye is that of the transport
 * (HTTP/2 GOAWAY).
 */
final class StreamLink extends Link {
    private final MethodDescriptor<Frame, Frame> contract;
    private final OutboundFrame outbound = new OutboundFrame();
    private boolean trusted;

    StreamLink(Member member, ServiceLinks service) {
        super(member, service);
        contract = Gonet2Contract.stream(service.loop().config().packetBytesMax());
    }

    /** The contract's descriptor, whose frames are flyweights of this link. */
    MethodDescriptor<Frame, Frame> contract() {
        return contract;
    }

    /** The one outgoing frame, filled and sent before the next. */
    OutboundFrame outbound() {
        return outbound;
    }

    /** Whether this connection to the node has taken our token before. */
    boolean trusted() {
        return trusted;
    }

    void trust() {
        trusted = true;
        content();
    }

    /** The node doesn't take our token, whatever it took before. */
    @Override
    void refused(Status status) {
        trusted = false;
        super.refused(status);
    }

    @Override
    Attachment attachment(AttachmentOwner owner) {
        return new StreamAttachment(this, owner);
    }

    @Override
    void connected() {
        trusted = false;
        up();
    }

    @Override
    void disconnected() {
        trusted = false;
        // Attachments of a broken transport have ended by now; those that are left are being said goodbye to.
        attachments().forEach(Attachment::nodeLeaves);
        down();
    }

    @Override
    void retry() {
        // A transport is all that it takes.
    }

    @Override
    List<? extends Pinged> pinged() {
        List<StreamAttachment> streams = new ArrayList<>(attachments().size());
        attachments().forEach(attachment -> streams.add((StreamAttachment) attachment));
        return streams;
    }
}
