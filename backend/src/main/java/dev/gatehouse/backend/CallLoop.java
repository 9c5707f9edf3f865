package dev.gatehouse.backend;

import dev.gatehouse.link.Frame;
import dev.gatehouse.link.Gonet2Contract;
import dev.gatehouse.link.OutboundFrame;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What all calls of one event loop share: the descriptor with its flyweights, the outbound view and the buffer of payloads. Used on
 * that event loop alone, but for {@link #execute} and {@link #inEventLoop}.
 */
final class CallLoop {

    private static final int PAYLOAD_BYTES_USUAL = 2048;

    private final EventLoop loop;
    private final ServerMethodDefinition<Frame, Frame> method;
    private final OutboundFrame view = new OutboundFrame();
    private ByteBuf scratch = Unpooled.buffer(PAYLOAD_BYTES_USUAL);
    private boolean lent;

    private CallLoop(EventLoop loop, Function<CallLoop, ServerCallHandler<Frame, Frame>> handler) {
        this.loop = loop;
        method = ServerMethodDefinition.create(Gonet2Contract.stream(), handler.apply(this));
    }

    /** One for each event loop of a group. */
    static List<CallLoop> of(
            Iterable<EventExecutor> group, Function<CallLoop, ServerCallHandler<Frame, Frame>> handler) {
        List<CallLoop> loops = new ArrayList<>();
        for (EventExecutor loop : group) {
            loops.add(new CallLoop((EventLoop) loop, handler));
        }
        return List.copyOf(loops);
    }

    ServerMethodDefinition<Frame, Frame> method() {
        return method;
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

    /** The bytes of a frame in a heap buffer that is lent until {@link #giveBack}. */
    ByteBuf lend(Frame frame) {
        assert !lent && inEventLoop();
        lent = true;
        scratch.clear();
        frame.readTo(scratch);
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
