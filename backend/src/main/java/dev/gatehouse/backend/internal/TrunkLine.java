package dev.gatehouse.backend.internal;

import dev.gatehouse.link.CloseCode;
import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Open;
import dev.gatehouse.link.OutboundFrame;
import dev.gatehouse.link.Packet;
import dev.gatehouse.link.TrunkContract;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;

/** A user's line over the contract {@code trunk}: entries of a call that it shares, held back by a credit of its own each way. */
final class TrunkLine implements Line {

    private static final int GRANT_BYTES = TrunkContract.INITIAL_CREDIT / 2;

    private final TrunkCall call;
    private final long id;
    private final Attachment attachment;
    /** Bytes that may still be sent; the last packet may overdraw it. */
    private long sendCredit;
    /** Bytes that the gateway may still send. */
    private long receiveCredit = TrunkContract.INITIAL_CREDIT;
    /** Bytes that were handled and that the gateway hasn't been granted anew. */
    private int owed;

    /** What came and has no room at the handler; its bytes are bounded by the credit. */
    private final Queue<UnreadPacket> unread = new ArrayDeque<>();

    private final int packetsMax;
    private int atHandler;
    private boolean feedScheduled;
    private boolean closing;
    private boolean closeSent;

    TrunkLine(TrunkCall call, long id, Open open, int sendCredit) {
        this.call = call;
        this.id = id;
        this.sendCredit = sendCredit;
        packetsMax = call.node().options().packetsAhead();
        Visitor visitor = new Visitor(open.user(), open.remoteAddress(), open.attributes());
        attachment = new Attachment(visitor, call.node(), call.loop(), this);
    }

    TrunkCall call() {
        return call;
    }

    long id() {
        return id;
    }

    Attachment attachment() {
        return attachment;
    }

    /** Takes a packet from the gateway, for the handler or, if that has enough before it, for later. */
    void take(Packet packet) {
        if (receiveCredit <= 0) {
            attachment.refuse("more came than there was credit for");
        } else if (packet.length() > TrunkContract.PACKET_BYTES_MAX) {
            attachment.refuse("a packet of " + packet.length() + " bytes");
        }
        receiveCredit -= packet.length();
        if (unread.isEmpty() && mayFeed()) {
            atHandler++;
            attachment.packet(packet);
        } else if (attachment.taking()) {
            unread.add(UnreadPacket.copyOf(packet));
        }
    }

    /** The gateway sends nothing more. */
    void closedByGateway() {
        closing = true;
        feed();
    }

    private boolean mayFeed() {
        return atHandler < packetsMax && attachment.taking() && !attachment.congested();
    }

    /** Gives the handler what came before it had time. Not inside a callback of a handler. */
    private void feed() {
        while (!unread.isEmpty() && mayFeed()) {
            atHandler++;
            attachment.packet(unread.remove());
        }
        if (closing && unread.isEmpty()) {
            attachment.end(Status.OK);
        }
    }

    /** The gateway takes so many more bytes. */
    void granted(long bytes) {
        sendCredit += bytes;
        if (sendCredit > 0) {
            attachment.writable();
        }
    }

    @Override
    public boolean ready() {
        // What is sent after a close goes nowhere.
        return closeSent || (sendCredit > 0 && call.ready());
    }

    @Override
    public void packet(int opcode, ByteBuf payload) {
        if (!closeSent) {
            int bytes = Short.BYTES + payload.readableBytes();
            sendCredit -= bytes;
            call.batch(bytes).payload(id, opcode, payload);
        }
    }

    @Override
    public void send(OutboundFrame waited) {
        if (closeSent) {
            return;
        }
        if (waited.type() == Frame.KICK) {
            close(CloseCode.KICKED, "");
        } else {
            sendCredit -= waited.length();
            call.batch(waited.length()).payload(id, waited);
        }
    }

    @Override
    public void handled(int payloadBytes) {
        atHandler--;
        owed += Short.BYTES + payloadBytes;
        grant();
        feedSoon();
    }

    @Override
    public void drained() {
        grant();
        feedSoon();
    }

    /** Not right here: this may run inside a handler's callback. */
    private void feedSoon() {
        if (!unread.isEmpty() && !feedScheduled) {
            feedScheduled = true;
            call.loop().execute(() -> {
                feedScheduled = false;
                feed();
            });
        }
    }

    @Override
    public void finishing() {
        // What waits is sent as the gateway has room for it.
    }

    @Override
    public void finish(Status status) {
        if (!closeSent) {
            String why = status.getDescription();
            close(code(status), why == null ? "" : why);
        }
        call.ended(this);
    }

    private void close(CloseCode code, String why) {
        closeSent = true;
        call.batch(why.length() * 3).close(id, code, why);
    }

    /** Lets the gateway send again what was handled, unless so much waits for it that more packets would only add to it. */
    private void grant() {
        if (owed >= GRANT_BYTES && attachment.taking() && !attachment.congested()) {
            call.batch(0).credit(id, owed);
            receiveCredit += owed;
            owed = 0;
        }
    }

    private static CloseCode code(Status status) {
        return switch (status.getCode()) {
            case OK -> CloseCode.NORMAL;
            case UNAVAILABLE -> CloseCode.UNAVAILABLE;
            case INVALID_ARGUMENT -> CloseCode.PROTOCOL_ERROR;
            default -> CloseCode.FAILED;
        };
    }
}
