package dev.gatehouse.backend.internal;

import dev.gatehouse.link.BatchReader;
import dev.gatehouse.link.BatchWriter;
import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.OutboundFrame;
import dev.gatehouse.link.Packet;
import dev.gatehouse.link.TrunkContract;
import io.grpc.ServerMethodDefinition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What all calls of one event loop share: the descriptors with their flyweights, the outbound view and the buffer of payloads. Used on
 * that event loop alone, but for {@link #execute} and {@link #inEventLoop}.
 */
final class CallLoop {

    private static final int PAYLOAD_BYTES_USUAL = 2048;

    private final EventLoop loop;
    private final ServerMethodDefinition<Frame, Frame> streamMethod;
    private final ServerMethodDefinition<BatchReader, BatchWriter> trunkMethod;
    private final List<TrunkCall> trunks = new ArrayList<>();
    private final OutboundFrame view = new OutboundFrame();
    private ByteBuf scratch = Unpooled.buffer(PAYLOAD_BYTES_USUAL);
    private boolean lent;

    private CallLoop(EventLoop loop, GrpcNode node) {
        this.loop = loop;
        streamMethod = ServerMethodDefinition.create(
                Gonet2Contract.stream(), (call, headers) -> node.acceptStream(call, headers, this));
        trunkMethod = ServerMethodDefinition.create(
                TrunkContract.server(), (call, headers) -> node.acceptTrunk(call, headers, this));
    }

    /** One for each event loop of a node's group. */
    static List<CallLoop> of(Iterable<EventExecutor> group, GrpcNode node) {
        List<CallLoop> loops = new ArrayList<>();
        for (EventExecutor loop : group) {
            loops.add(new CallLoop((EventLoop) loop, node));
        }
        return List.copyOf(loops);
    }

    ServerMethodDefinition<Frame, Frame> streamMethod() {
        return streamMethod;
    }

    ServerMethodDefinition<BatchReader, BatchWriter> trunkMethod() {
        return trunkMethod;
    }

    /** The trunks that are open on this event loop; on it alone. */
    List<TrunkCall> trunks() {
        return trunks;
    }

    /** Runs something on this event loop, at once if that is where we are. Any thread. */
    void run(Runnable task) {
        if (inEventLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** Does something with each trunk, on this event loop. Any thread. */
    void forEachTrunk(Consumer<TrunkCall> action) {
        run(() -> List.copyOf(trunks).forEach(action));
    }

    boolean inEventLoop() {
        return loop.inEventLoop();
    }

    /** Runs something on the event loop; false if that has ended, with the node. */
    boolean execute(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Runs something on the event loop later, unless that has ended until then. On the event loop. */
    void schedule(Runnable task, long delayMillis) {
        if (!loop.isShuttingDown()) {
            loop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** The view to fill and send at once. */
    OutboundFrame view() {
        return view;
    }

    /** The bytes of a packet in a heap buffer that is lent until {@link #giveBack}. */
    ByteBuf lend(Packet packet) {
        assert !lent && inEventLoop();
        lent = true;
        scratch.clear();
        packet.readTo(scratch);
        return scratch;
    }

    /** Ends a loan. A handler may have retained the buffer, which is then its own, or released it, which must not harm others. */
    void giveBack() {
        lent = false;
        if (scratch.refCnt() != 1) {
            ByteBuf kept = scratch;
            scratch = Unpooled.buffer(PAYLOAD_BYTES_USUAL);
            if (kept.refCnt() > 0) {
                kept.release();
            }
        }
    }
}
