package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.link.BatchReader;
import dev.gatehouse.link.BatchWriter;
import dev.gatehouse.link.EntryKind;
import dev.gatehouse.link.Hello;
import dev.gatehouse.link.TrunkContract;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * One call of the contract {@code trunk}, with all attachments of an event loop to a node. What is written during a turn of the loop and
 * the next one goes out as one batch: docs/decisions/0017-batches-of-two-turns.md says why.
 *
 * <p>The contract has no answer to an open but a refusal. So a batch with opens ends with a ping of the last one's number: the node
 * goes through entries in order, so by its pong it has taken all of them that it hasn't closed.
 */
final class TrunkCall extends ClientCall.Listener<BatchReader> implements Pinged {
    /** The ping that asks whether the node lives; others are numbers of attachments. */
    private static final long LIFE = 0;

    private final TrunkLink link;
    private final LinkLoop loop;
    private final ClientCall<BatchWriter, BatchReader> call;
    private final BatchWriter batch = new BatchWriter();
    private final LongObjectMap<TrunkAttachment> attachments = new LongObjectHashMap<>();
    private final Runnable flush = this::flush;
    private final Runnable flushInNextTurn = this::flushInNextTurn;
    /** Attachments that the node hasn't accepted, in the order of their numbers. */
    private final Queue<TrunkAttachment> opening = new ArrayDeque<>();

    private final long startNanos;
    private long lastId;
    /** The last attachment whose acceptance was asked for. */
    private long askedId;

    private int initialCredit;
    private boolean greeted;
    private boolean leaving;
    private boolean halfClosed;
    private boolean over;
    private boolean writable = true;
    private boolean flushScheduled;

    TrunkCall(TrunkLink link) {
        this.link = link;
        loop = link.service().loop();
        startNanos = loop.nanos();
        call = link.channel()
                .newCall(
                        TrunkContract.client(),
                        CallOptions.DEFAULT.withOnReadyThreshold(loop.config().trunkWindowBytes()));
    }

    /** Calls the node and says hello. */
    void start() {
        call.start(this, link.service().factory().metadata());
        call.request(1);
        batch.hello(new Hello(
                "gateway",
                TrunkContract.VERSION,
                TrunkContract.BATCH_BYTES_MAX,
                loop.config().packetBytesMax(),
                loop.config().linkWindowBytes()));
        // gRPC may keep this one until it has a stream; whatever follows comes after the node's hello.
        call.sendMessage(batch.copy());
        batch.clear();
    }

    TrunkLink link() {
        return link;
    }

    /** Whether the node should have said hello by now: as it would be asked twice for a ping. */
    boolean overdue() {
        return !greeted
                && loop.nanos() - startNanos >= 2 * loop.config().pingInterval().toNanos();
    }

    /** What attachments may send before the node grants more. */
    int initialCredit() {
        return initialCredit;
    }

    /** Gives an attachment its number. */
    long add(TrunkAttachment attachment) {
        attachments.put(++lastId, attachment);
        opening.add(attachment);
        return lastId;
    }

    /** Forgets an attachment: what still comes for it is stale. */
    void remove(TrunkAttachment attachment) {
        attachments.remove(attachment.id());
        endIfLeft();
    }

    /** The batch that is being written, with room for an entry of so many bytes of packet or text. */
    BatchWriter batch(int bytes) {
        if (!batch.fits(bytes)) {
            flush();
        }
        if (!flushScheduled) {
            flushScheduled = true;
            loop.atEndOfTurn(flushInNextTurn);
        }
        return batch;
    }

    /** Whether the transport takes more; it is asked once a batch. */
    boolean ready() {
        return writable;
    }

    /** Takes no new attachments; those that are left are to move. */
    void leave() {
        leaving = true;
        attachments.values().forEach(Attachment::nodeLeaves);
        endIfLeft();
    }

    @Override
    public boolean ping() {
        if (!greeted || over || attachments.isEmpty()) {
            return false;
        }
        batch(0).ping(LIFE);
        return true;
    }

    @Override
    public void onMessage(BatchReader arrived) {
        link.heard();
        while (!over && arrived.next()) {
            if (greeted) {
                take(arrived);
            } else {
                greet(arrived);
            }
        }
        if (arrived.malformed()) {
            breakOff("a batch that is malformed or too long");
        }
        if (!over) {
            call.request(1);
        }
    }

    private void take(BatchReader entry) {
        switch (entry.kind()) {
            case PAYLOAD -> {
                TrunkAttachment attachment = attachments.get(entry.attachment());
                if (attachment == null) {
                    link.counters().stale++;
                } else {
                    attachment.take(entry);
                }
            }
            case CREDIT -> {
                TrunkAttachment attachment = attachments.get(entry.attachment());
                if (attachment != null) {
                    attachment.granted(entry.number());
                }
            }
            case CLOSE -> {
                TrunkAttachment attachment = attachments.get(entry.attachment());
                if (attachment != null) {
                    attachment.closed(entry.close());
                }
            }
            case PING -> batch(0).pong(entry.number());
            case PONG -> pong(entry.number());
            case GOAWAY -> link.leaving(this);
            case BROADCAST -> broadcast(entry);
            case HELLO, OPEN, UNKNOWN -> {
                // Nothing that a node says to a gateway now, or that this version knows.
            }
        }
    }

    private void pong(long number) {
        if (number == LIFE) {
            link.pong(this);
            return;
        }
        while (!opening.isEmpty() && opening.element().id() <= number) {
            opening.remove().accept();
        }
    }

    private void greet(BatchReader first) {
        if (first.kind() != EntryKind.HELLO) {
            breakOff("a first entry that is no hello");
            return;
        }
        greeted = true;
        initialCredit = first.hello().initialCredit();
        batch.keepTo(first.hello().batchBytesMax());
        link.greeted(this);
    }

    private void broadcast(BatchReader entry) {
        if (entry.targets() == 0) {
            for (TrunkAttachment attachment : attachments.values()) {
                attachment.broadcast(entry);
            }
        }
        for (int i = 0; i < entry.targets(); i++) {
            TrunkAttachment attachment = attachments.get(entry.target(i));
            if (attachment == null) {
                link.counters().stale++;
            } else {
                attachment.broadcast(entry);
            }
        }
    }

    @Override
    public void onReady() {
        if (!writable) {
            writable = true;
            all().forEach(TrunkAttachment::continueSending);
        }
    }

    /** Whatever ends the call ends all that is on it with its node. */
    @Override
    public void onClose(Status status, Metadata trailers) {
        over = true;
        link.over(this);
        if (!greeted) {
            complain(status);
        }
        for (TrunkAttachment attachment : all()) {
            attachments.remove(attachment.id());
            attachment.finish(Ending.LOST, "");
        }
        link.ended(this, false);
    }

    private void complain(Status status) {
        switch (status.getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED -> link.refused(status);
            case UNIMPLEMENTED -> link.complain("speaks no trunk (expected: a node that does, or contract: gonet2)");
            default -> {
                // The transport's own end, of which the link tells.
            }
        }
    }

    private void breakOff(String what) {
        over = true;
        link.complain("sent " + what);
        call.cancel("the node sent " + what, null);
    }

    private void endIfLeft() {
        if (leaving && attachments.isEmpty() && !halfClosed && !over) {
            halfClosed = true;
            flush();
            call.halfClose();
        }
    }

    private void flushInNextTurn() {
        loop.eventLoop().execute(flush);
    }

    private void flush() {
        flushScheduled = false;
        if (askedId < lastId) {
            askedId = lastId;
            batch.ping(lastId);
        }
        if (!over && !halfClosed && !batch.isEmpty()) {
            call.sendMessage(batch);
            writable = call.isReady();
        }
        batch.clear();
    }

    private List<TrunkAttachment> all() {
        return new ArrayList<>(attachments.values());
    }
}
