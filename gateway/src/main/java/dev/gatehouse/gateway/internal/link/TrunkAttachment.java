package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.link.BatchWriter;
import dev.gatehouse.link.Close;
import dev.gatehouse.link.CloseCode;
import dev.gatehouse.link.Introduction;
import dev.gatehouse.link.Packet;
import dev.gatehouse.ring.snapshot.RingVersion;
import io.netty.buffer.ByteBuf;

/** An attachment over the contract {@code trunk}: entries of a call that it shares, held back by a credit of its own each way. */
final class TrunkAttachment extends Attachment {
    private final TrunkCall call;
    private final int grantBytes;
    private long id;
    /** Bytes that may still be sent; the last packet may overdraw it. */
    private long sendCredit;
    /** Bytes that the node may still send. */
    private long receiveCredit;
    /** Bytes that the session has taken and that the node hasn't been granted anew. */
    private int taken;

    private boolean closeSent;

    TrunkAttachment(TrunkCall call, AttachmentOwner owner) {
        super(call.link(), owner);
        this.call = call;
        receiveCredit = call.link().service().loop().config().linkWindowBytes();
        grantBytes = (int) receiveCredit / 2;
        sendCredit = call.initialCredit();
    }

    long id() {
        return id;
    }

    @Override
    public void open() {
        link().add(this);
        Introduction session = owner().introduction();
        String service = link().service().name();
        // The batch first: if there was no room in it, it is sent, and must not ask for what isn't in it.
        BatchWriter batch = call.batch(session.length() + service.length());
        id = call.add(this);
        RingVersion ring = link().service().ringVersion();
        batch.open(id, session, service, ring.epoch(), ring.version());
    }

    @Override
    public void send(ByteBuf packet) {
        int bytes = packet.readableBytes();
        link().counters().forwarded++;
        sendCredit -= bytes;
        call.batch(bytes).payload(id, packet);
        if (sendCredit <= 0 || !call.ready()) {
            holdBack();
        }
    }

    /** The node takes so many more bytes. */
    void granted(long bytes) {
        sendCredit += bytes;
        continueSending();
    }

    /** The node or the transport has room again. */
    void continueSending() {
        if (sendCredit > 0 && call.ready()) {
            release();
        }
    }

    /** A packet came. */
    void take(Packet packet) {
        if (receiveCredit <= 0 && !dropped()) {
            owner().nonsense("more than it had credit for");
        }
        receiveCredit -= packet.length();
        packet(packet);
    }

    @Override
    void grant(int bytes) {
        taken += bytes;
        if (taken >= grantBytes && !over()) {
            call.batch(0).credit(id, taken);
            receiveCredit += taken;
            taken = 0;
        }
    }

    @Override
    void closeSending() {
        if (!closeSent) {
            closeSent = true;
            call.batch(0).close(id, CloseCode.NORMAL, "");
        }
    }

    /** What the node still holds for it may all come, and is stale: it would wait there for credit as long as the call lasts. */
    @Override
    void abort() {
        call.batch(0).credit(id, Integer.MAX_VALUE);
        call.remove(this);
        finish(Ending.BY_SERVICE, "");
    }

    /** The node has closed it, for itself or as the answer. */
    void closed(Close close) {
        if (close.is(CloseCode.KICKED) && !closing()) {
            owner().kicked();
        }
        closeSending();
        call.remove(this);
        if (close.is(CloseCode.UNAVAILABLE)) {
            finish(Ending.LOST, "");
        } else if (close.is(CloseCode.STALE_RING)) {
            link().counters().misplaced++;
            finish(Ending.MISPLACED, "");
        } else {
            finish(Ending.BY_SERVICE, why(close));
        }
    }

    private static String why(Close close) {
        return "closed with code " + close.code() + (close.text().isEmpty() ? "" : ": " + close.text());
    }
}
