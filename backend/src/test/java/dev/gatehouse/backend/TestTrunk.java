package dev.gatehouse.backend;

import dev.gatehouse.link.BatchReader;
import dev.gatehouse.link.BatchWriter;
import dev.gatehouse.link.Hello;
import dev.gatehouse.link.TrunkContract;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The gateway's side of a trunk: a call, whose entries a test writes one by one. */
final class TestTrunk extends ClientCall.Listener<BatchReader> {
    final CompletableFuture<Hello> hello = new CompletableFuture<>();
    final CompletableFuture<Status> ended = new CompletableFuture<>();
    final AtomicInteger goaways = new AtomicInteger();
    /** The number of the pong that came last. */
    final AtomicLong pong = new AtomicLong(-1);
    /** How many payload and broadcast entries came. */
    final AtomicInteger payloads = new AtomicInteger();

    final AtomicInteger broadcasts = new AtomicInteger();
    private final Map<Long, TrunkTestAttachment> attachments = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private boolean halfClosed;
    private final ClientCall<BatchWriter, BatchReader> call;

    TestTrunk(ManagedChannel channel, Metadata headers) {
        call = channel.newCall(TrunkContract.client(), CallOptions.DEFAULT);
        call.start(this, headers);
        call.request(1);
    }

    /** One that has said hello and had the node's. */
    static TestTrunk greeted(ManagedChannel channel, int initialCredit) {
        TestTrunk trunk = new TestTrunk(channel, new Metadata());
        trunk.write(batch -> batch.hello(new Hello("test", 1, 1 << 20, 65_538, initialCredit)));
        TestAttachment.eventually(trunk.hello::isDone);
        return trunk;
    }

    TrunkTestAttachment attach(long user, boolean takesAll) {
        return attach(user, takesAll, 0, 0);
    }

    /** Attaches a user who was placed by a ring. */
    TrunkTestAttachment attach(long user, boolean takesAll, long ringEpoch, long ringVersion) {
        long id = ids.incrementAndGet();
        TrunkTestAttachment attachment = new TrunkTestAttachment(this, id, takesAll);
        attachments.put(id, attachment);
        attachment.open(user, ringEpoch, ringVersion);
        return attachment;
    }

    /** Sends a batch that is written by something. */
    synchronized void write(Consumer<BatchWriter> writing) {
        BatchWriter batch = new BatchWriter();
        writing.accept(batch);
        if (!halfClosed) {
            call.sendMessage(batch);
        }
    }

    synchronized void halfClose() {
        halfClosed = true;
        call.halfClose();
    }

    void cancel() {
        call.cancel("the test cancels", null);
    }

    @Override
    public void onMessage(BatchReader batch) {
        while (batch.next()) {
            TrunkTestAttachment attachment = attachments.get(batch.attachment());
            switch (batch.kind()) {
                case HELLO -> hello.complete(batch.hello());
                case GOAWAY -> goaways.incrementAndGet();
                case PONG -> pong(batch.number());
                case PAYLOAD -> {
                    payloads.incrementAndGet();
                    if (attachment != null) {
                        attachment.packet(batch, true);
                    }
                }
                case BROADCAST -> broadcast(batch);
                case CREDIT -> {
                    if (attachment != null) {
                        attachment.granted(batch.number());
                    }
                }
                case CLOSE -> {
                    if (attachment != null) {
                        attachment.closed(batch.close());
                    }
                }
                default -> {}
            }
        }
        call.request(1);
    }

    /** Below 0 it says that an attachment was taken. */
    private void pong(long number) {
        TrunkTestAttachment attachment = attachments.get(-number);
        if (attachment == null) {
            pong.set(number);
        } else {
            attachment.accepted.complete(null);
        }
    }

    private void broadcast(BatchReader batch) {
        broadcasts.incrementAndGet();
        if (batch.targets() == 0) {
            attachments.values().forEach(a -> a.packet(batch, false));
        }
        for (int i = 0; i < batch.targets(); i++) {
            TrunkTestAttachment attachment = attachments.get(batch.target(i));
            if (attachment != null) {
                attachment.packet(batch, false);
            }
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        ended.complete(status);
        attachments.values().forEach(a -> a.ended.complete(status));
    }
}
