package dev.gatehouse.backend;

import dev.gatehouse.link.Close;
import dev.gatehouse.link.CloseCode;
import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Introduction;
import dev.gatehouse.link.Packet;
import dev.gatehouse.link.TrunkContract;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/** The gateway's side of one attachment over the trunk, which keeps to its credit. */
final class TrunkTestAttachment extends TestAttachment {
    private final TestTrunk trunk;
    private final long id;
    private final Queue<ByteBuf> waiting = new ArrayDeque<>();
    private boolean takesAll;
    private long credit = TrunkContract.INITIAL_CREDIT;
    private boolean closing;
    private boolean closeSent;

    TrunkTestAttachment(TestTrunk trunk, long id, boolean takesAll) {
        this.trunk = trunk;
        this.id = id;
        this.takesAll = takesAll;
    }

    long id() {
        return id;
    }

    void open(long user, long ringEpoch, long ringVersion) {
        Introduction session = Introduction.of(user, "127.0.0.1:7", Map.of("open_udid", "udid-" + user));
        trunk.write(batch -> {
            batch.open(id, session, "game", ringEpoch, ringVersion);
            // The node goes through entries in order.
            batch.ping(-id);
        });
    }

    @Override
    synchronized void send(int opcode, byte[] payload) {
        waiting.add(Unpooled.buffer(2 + payload.length).writeShort(opcode).writeBytes(payload));
        flush();
    }

    @Override
    synchronized void takeAll() {
        takesAll = true;
        trunk.write(batch -> batch.credit(id, Integer.MAX_VALUE));
    }

    @Override
    synchronized boolean isReady() {
        return credit > 0 && waiting.isEmpty();
    }

    @Override
    synchronized void close() {
        closing = true;
        flush();
    }

    @Override
    void cancel() {
        trunk.cancel();
    }

    synchronized void granted(long bytes) {
        credit += bytes;
        flush();
    }

    void packet(Packet packet, boolean usesCredit) {
        ByteBuf message = Unpooled.buffer();
        packet.readTo(message);
        received.add(new Received(Frame.MESSAGE, message));
        synchronized (this) {
            if (usesCredit && takesAll && !closeSent) {
                trunk.write(batch -> batch.credit(id, message.readableBytes()));
            }
        }
    }

    synchronized void closed(Close close) {
        if (close.is(CloseCode.KICKED)) {
            received.add(new Received(Frame.KICK, Unpooled.EMPTY_BUFFER));
        }
        sendClose();
        ended.complete(status(close));
    }

    private void flush() {
        while (credit > 0 && !waiting.isEmpty()) {
            ByteBuf packet = waiting.remove();
            credit -= packet.readableBytes();
            trunk.write(batch -> batch.payload(id, packet));
        }
        if (closing && waiting.isEmpty()) {
            sendClose();
        }
    }

    private void sendClose() {
        if (!closeSent) {
            closeSent = true;
            trunk.write(batch -> batch.close(id, CloseCode.NORMAL, ""));
        }
    }

    private static Status status(Close close) {
        Status status;
        if (close.is(CloseCode.UNAVAILABLE)) {
            status = Status.UNAVAILABLE;
        } else if (close.is(CloseCode.FAILED)) {
            status = Status.INTERNAL;
        } else if (close.is(CloseCode.STALE_RING)) {
            status = Status.FAILED_PRECONDITION;
        } else if (close.is(CloseCode.PROTOCOL_ERROR)) {
            status = Status.INVALID_ARGUMENT;
        } else {
            status = Status.OK;
        }
        return close.text().isEmpty() ? status : status.withDescription(close.text());
    }
}
