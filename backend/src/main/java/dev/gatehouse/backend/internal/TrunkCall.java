package dev.gatehouse.backend.internal;

import dev.gatehouse.link.BatchReader;
import dev.gatehouse.link.BatchWriter;
import dev.gatehouse.link.CloseCode;
import dev.gatehouse.link.EntryKind;
import dev.gatehouse.link.Hello;
import dev.gatehouse.link.Open;
import dev.gatehouse.link.OutboundFrame;
import dev.gatehouse.link.TrunkContract;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * One event loop of a gateway at this node, contract {@code trunk}: a gRPC call with the lines of all its users, on the event loop of
 * its connection. What is written during a turn of that loop goes out as one batch.
 */
final class TrunkCall extends ServerCall.Listener<BatchReader> {

    /** How many bytes may wait for the gateway's socket before users' packets wait in their own queues. */
    private static final int UNSENT_BYTES_MAX = 4 << 20;

    /** How many users one broadcast entry lists, so that it fits in a batch. */
    private static final int BROADCAST_TARGETS_MAX = 16_384;

    private static final int VARINT_BYTES_MAX = 10;

    private final GrpcNode node;
    private final ServerCall<BatchReader, BatchWriter> call;
    private final CallLoop loop;
    private final BatchWriter batch = new BatchWriter();
    private final LongObjectMap<TrunkLine> lines = new LongObjectHashMap<>();
    private final Runnable flush = this::flush;
    private boolean greeted;
    private boolean halfClosed;
    private boolean over;
    private boolean writable = true;
    private boolean flushScheduled;
    private int initialCredit;

    TrunkCall(GrpcNode node, ServerCall<BatchReader, BatchWriter> call, CallLoop loop) {
        this.node = node;
        this.call = call;
        this.loop = loop;
    }

    GrpcNode node() {
        return node;
    }

    CallLoop loop() {
        return loop;
    }

    /** Accepts the call. */
    void open() {
        loop.trunks().add(this);
        call.setOnReadyThreshold(UNSENT_BYTES_MAX);
        call.sendHeaders(new Metadata());
        String name = node.options().service();
        batch(name.length())
                .hello(new Hello(
                        name,
                        TrunkContract.VERSION,
                        TrunkContract.BATCH_BYTES_MAX,
                        TrunkContract.PACKET_BYTES_MAX,
                        TrunkContract.INITIAL_CREDIT));
        call.request(1);
    }

    @Override
    public void onMessage(BatchReader arrived) {
        while (!over && arrived.next()) {
            take(arrived);
        }
        if (arrived.malformed()) {
            refuse("a batch is malformed or too long");
        }
        if (!over) {
            call.request(1);
        }
    }

    private void take(BatchReader entry) {
        if (!greeted) {
            greet(entry);
            return;
        }
        TrunkLine line = entry.attachment() == 0 ? null : lines.get(entry.attachment());
        switch (entry.kind()) {
            case PAYLOAD -> {
                if (line != null) {
                    line.take(entry);
                }
            }
            case CREDIT -> {
                if (line != null) {
                    line.granted(entry.number());
                }
            }
            case CLOSE -> {
                if (line != null) {
                    line.closedByGateway();
                }
            }
            case OPEN -> open(entry);
            case PING -> batch(0).pong(entry.number());
            case PONG, HELLO, GOAWAY, BROADCAST, UNKNOWN -> {
                // Nothing that a gateway says to a node, or that this version knows.
            }
        }
    }

    private void greet(BatchReader first) {
        if (first.kind() != EntryKind.HELLO) {
            refuse("the first entry is no hello");
            return;
        }
        greeted = true;
        initialCredit = first.hello().initialCredit();
        batch.keepTo(first.hello().batchBytesMax());
    }

    private void open(BatchReader entry) {
        long id = entry.attachment();
        if (id == 0 || lines.containsKey(id)) {
            refuse("an attachment is opened as " + id + (id == 0 ? "" : " for the second time"));
            return;
        }
        Open open = entry.open();
        if (node.knownRing().refuses(open)) {
            batch(0).close(id, CloseCode.STALE_RING, "");
            return;
        }
        TrunkLine line = new TrunkLine(this, id, open, initialCredit);
        if (!node.admit(line.attachment())) {
            String why = String.valueOf(NodeStop.STATUS.getDescription());
            batch(why.length()).close(id, CloseCode.UNAVAILABLE, why);
            return;
        }
        lines.put(id, line);
        line.attachment().open();
    }

    @Override
    public void onHalfClose() {
        halfClosed = true;
        all().forEach(TrunkLine::closedByGateway);
        endIfIdle();
    }

    @Override
    public void onReady() {
        if (!writable) {
            writable = true;
            for (TrunkLine line : all()) {
                line.attachment().writable();
            }
        }
    }

    @Override
    public void onCancel() {
        leave();
    }

    @Override
    public void onComplete() {
        leave();
    }

    /** Whether the connection takes more; it is asked once a batch. */
    boolean ready() {
        return writable;
    }

    /** The batch of this turn, with room for an entry of so many bytes of packet or text. */
    BatchWriter batch(int bytes) {
        if (!batch.fits(bytes)) {
            flush();
        }
        if (!flushScheduled) {
            flushScheduled = true;
            loop.execute(flush);
        }
        return batch;
    }

    /** A line has sent its last. */
    void ended(TrunkLine line) {
        lines.remove(line.id());
        endIfIdle();
    }

    /** Tells the gateway that the node stops. */
    void sayGoodbye() {
        batch(0).goaway();
    }

    /** Ends the call, whose lines have ended, because the node stops. */
    void stop() {
        close(NodeStop.STATUS);
    }

    /** Sends an owned packet by one entry to users that {@link Attachment#joinBroadcast} has said yes for. */
    void broadcast(Collection<Attachment> users, OutboundFrame packet) {
        long[] targets = new long[users.size()];
        int count = 0;
        for (Attachment user : users) {
            if (user.broadcastNow() && user.line() instanceof TrunkLine line) {
                targets[count++] = line.id();
            }
        }
        write(targets, count, packet);
        // What was pushed meanwhile waited for this.
        users.forEach(Attachment::writable);
    }

    private void write(long[] targets, int count, OutboundFrame packet) {
        if (count > 0 && count == lines.size()) {
            // To all is said without a list.
            batch(packet.length()).broadcast(targets, 0, packet);
            return;
        }
        for (int from = 0; from < count; from += BROADCAST_TARGETS_MAX) {
            long[] listed = Arrays.copyOfRange(targets, from, Math.min(count, from + BROADCAST_TARGETS_MAX));
            batch(packet.length() + listed.length * VARINT_BYTES_MAX).broadcast(listed, listed.length, packet);
        }
    }

    private List<TrunkLine> all() {
        return new ArrayList<>(lines.values());
    }

    private void flush() {
        flushScheduled = false;
        if (!over && !batch.isEmpty()) {
            call.sendMessage(batch);
            writable = call.isReady();
        }
        batch.clear();
    }

    private void endIfIdle() {
        if (halfClosed && lines.isEmpty()) {
            close(Status.OK);
        }
    }

    private void refuse(String why) {
        node.refused("a trunk was refused: " + why);
        close(Status.INVALID_ARGUMENT.withDescription(why));
    }

    private void close(Status status) {
        if (!over) {
            flush();
            call.close(status, new Metadata());
            leave();
        }
    }

    /** The call is over, and with it what was on it. */
    private void leave() {
        over = true;
        loop.trunks().remove(this);
        for (TrunkLine line : all()) {
            line.attachment().lost();
        }
        lines.clear();
    }
}
