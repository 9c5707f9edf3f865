package dev.gatehouse.backend.internal;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A user's line over the contract {@code gonet2}: a gRPC stream of its own. gRPC is asked for as many frames as the handler may have
 * before it, so HTTP/2 holds back the rest.
 */
final class StreamLine extends ServerCall.Listener<Frame> implements Line {

    /** How often the gateway is told that the node lives while its pings can't be read. */
    private static final long LIFE_SIGN_MILLIS = 1_000;

    private final ServerCall<Frame, Frame> call;
    private final CallLoop loop;
    private final Attachment attachment;
    private final int packetsMax;
    private boolean finishing;
    private int owedRequests;
    /** Frames that were asked of gRPC and haven't come. */
    private int askedFrames;

    private boolean lifeSigns;

    StreamLine(long user, GrpcNode node, ServerCall<Frame, Frame> call, CallLoop loop) {
        this.call = call;
        this.loop = loop;
        packetsMax = node.options().packetsAhead();
        attachment = new Attachment(Visitor.unknown(user), node, loop, this);
    }

    Attachment attachment() {
        return attachment;
    }

    /** Accepts the call and opens the user. */
    void open() {
        // The gateway takes the response headers as the acceptance.
        call.sendHeaders(new Metadata());
        attachment.open();
        if (attachment.taking()) {
            request(packetsMax);
        }
    }

    @Override
    public void onMessage(Frame frame) {
        askedFrames--;
        if (!attachment.taking()) {
            return;
        }
        switch (frame.type()) {
            case Frame.MESSAGE -> attachment.packet(frame);
            case Frame.PING -> ping(frame);
            case Frame.INVALID -> attachment.refuse("the frame is malformed or too long");
            default -> attachment.refuse("the frame is of the unknown type " + frame.type());
        }
        if (askedFrames == 0 && !lifeSigns) {
            lifeSigns = true;
            loop.schedule(this::lifeSign, LIFE_SIGN_MILLIS);
        }
    }

    @Override
    public void onHalfClose() {
        attachment.end(Status.OK);
    }

    @Override
    public void onReady() {
        attachment.writable();
    }

    @Override
    public void onCancel() {
        attachment.lost();
    }

    @Override
    public boolean ready() {
        // At the end gRPC takes what is left, however slow the gateway is; the gateway cancels what takes too long.
        return finishing || call.isReady();
    }

    @Override
    public void packet(int opcode, ByteBuf payload) {
        call.sendMessage(loop.view().packet(opcode, payload));
    }

    @Override
    public void send(OutboundFrame waited) {
        call.sendMessage(waited);
    }

    @Override
    public void handled(int payloadBytes) {
        owedRequests++;
        requestOwed();
    }

    @Override
    public void drained() {
        if (owedRequests > 0) {
            // Not right here: gRPC may deliver inside request, and this may run inside another user's callback that
            // pushes.
            loop.execute(this::requestOwed);
        }
    }

    @Override
    public void finishing() {
        finishing = true;
    }

    @Override
    public void finish(Status status) {
        call.close(status, new Metadata());
    }

    /** Sends the ping back before what waits: it asks whether the node lives, not whether the client reads. */
    private void ping(Frame frame) {
        call.sendMessage(loop.view().ping(loop.lend(frame)));
        loop.giveBack();
        handled(0);
    }

    /** Asks gRPC for what it may deliver, unless so much waits for the link that more packets would only add to it. */
    private void requestOwed() {
        if (owedRequests > 0 && attachment.taking() && !attachment.congested()) {
            int count = owedRequests;
            owedRequests = 0;
            request(count);
        }
    }

    private void request(int frames) {
        askedFrames += frames;
        call.request(frames);
    }

    /** While nothing more is taken of this user the gateway's pings aren't either, but the node lives. */
    private void lifeSign() {
        lifeSigns = askedFrames == 0 && attachment.taking();
        if (lifeSigns) {
            if (call.isReady()) {
                call.sendMessage(loop.view().ping(Unpooled.EMPTY_BUFFER));
            }
            loop.schedule(this::lifeSign, LIFE_SIGN_MILLIS);
        }
    }
}
