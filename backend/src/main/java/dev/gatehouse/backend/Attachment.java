package dev.gatehouse.backend;

import dev.gatehouse.link.Frame;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One user's stream, from its acceptance to its end. Everything but the methods of {@link User} runs on the event loop of its call.
 *
 * <p>The end has up to three steps. {@link #end} takes the user off the books and stops the packets; the dispatcher tells the
 * handler when it is through with what came before; {@link #left} writes what was pushed until then and closes the call.
 */
final class Attachment extends ServerCall.Listener<Frame> implements User {

    /** How often the gateway is told that the node lives while its pings can't be read. */
    private static final long LIFE_SIGN_MILLIS = 1_000;

    static final Status HANDLER_FAILED = Status.INTERNAL.withDescription("the handler failed");

    private final long id;
    private final GrpcNode node;
    private final ServerCall<Frame, Frame> call;
    private final CallLoop loop;
    private final Outgoing outgoing;
    private final int packetsMax;
    private final Dispatcher dispatcher;

    private volatile Optional<Object> state = Optional.empty();
    private @Nullable Status end;
    private boolean linkGone;
    private boolean closed;
    private int owedRequests;
    /** Frames that were asked of gRPC and haven't come. */
    private int askedFrames;

    private boolean lifeSigns;

    Attachment(long id, GrpcNode node, ServerCall<Frame, Frame> call, CallLoop loop) {
        this.id = id;
        this.node = node;
        this.call = call;
        this.loop = loop;
        ServiceOptions options = node.options();
        packetsMax = options.blocking() ? options.inboxPacketsMax() : 1;
        OutgoingQueue queue = new OutgoingQueue(options.queuePacketsMax(), options.queueBytesMax(), packetsMax);
        outgoing = new Outgoing(call, loop, queue, this::drained);
        HandlerCalls calls = new HandlerCalls(options.handler(), this);
        dispatcher = options.blocking()
                ? new VirtualThreadDispatcher(calls, this, loop)
                : new EventLoopDispatcher(calls, this);
    }

    /** Accepts the call and opens the user. */
    void open() {
        // The gateway takes the response headers as the acceptance.
        call.sendHeaders(new Metadata());
        dispatcher.opened();
        if (end == null) {
            request(packetsMax);
        }
    }

    @Override
    public void onMessage(Frame frame) {
        askedFrames--;
        if (end != null) {
            return;
        }
        switch (frame.type()) {
            case Frame.MESSAGE -> packet(frame);
            case Frame.PING -> ping(frame);
            case Frame.INVALID -> refuse("the frame is malformed or too long");
            default -> refuse("the frame is of the unknown type " + frame.type());
        }
        if (askedFrames == 0 && !lifeSigns) {
            lifeSigns = true;
            loop.schedule(this::lifeSign, LIFE_SIGN_MILLIS);
        }
    }

    @Override
    public void onHalfClose() {
        end(Status.OK);
    }

    @Override
    public void onReady() {
        outgoing.drain();
    }

    @Override
    public void onCancel() {
        linkGone = true;
        outgoing.drop();
        end(Status.CANCELLED);
    }

    /** The handler is through with a packet, so there is room for another. */
    void handled() {
        owedRequests++;
        requestOwed();
    }

    /** Ends this attachment: no more packets come in, and those that did are handled first. The first end counts. */
    void end(Status status) {
        if (end != null) {
            return;
        }
        end = status;
        node.attachments().leaving(this);
        dispatcher.closed();
    }

    /**
     * The handler has been told, and nothing more comes from it in order.
     *
     * @param handlerStatus how the handler did; if not OK it ends the attachment, should nothing have ended it before
     */
    void left(Status handlerStatus) {
        if (end == null) {
            end = handlerStatus;
            node.attachments().leaving(this);
        }
        if (closed) {
            return;
        }
        closed = true;
        if (!linkGone) {
            outgoing.finish(handlerStatus.isOk() ? end : handlerStatus);
        }
        node.attachments().left(this);
    }

    /** Tries to end callbacks that don't return. Any thread. */
    void interrupt() {
        dispatcher.interrupt();
    }

    /** Runs something on the event loop of this attachment. Any thread. */
    void onLoop(Runnable task) {
        loop.execute(task);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public ServiceNode node() {
        return node;
    }

    @Override
    public PushOutcome push(int opcode, ByteBuf payload) {
        if (opcode != (short) opcode) {
            throw new IllegalArgumentException(
                    "opcode: " + opcode + " (expected: " + Short.MIN_VALUE + ".." + Short.MAX_VALUE + ")");
        }
        if (payload.readableBytes() > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "payload: " + payload.readableBytes() + " bytes (expected: 0.." + PAYLOAD_BYTES_MAX + ")");
        }
        return outgoing.push(opcode, payload);
    }

    @Override
    public PushOutcome push(int opcode, byte[] payload) {
        return push(opcode, Unpooled.wrappedBuffer(payload));
    }

    @Override
    public PushOutcome kick() {
        return outgoing.kick();
    }

    @Override
    public <T> Optional<T> state(Class<T> type) {
        return state.filter(type::isInstance).map(type::cast);
    }

    @Override
    public void state(Object newState) {
        state = Optional.of(newState);
    }

    @Override
    public String toString() {
        return "user " + id;
    }

    private void packet(Frame frame) {
        if (frame.length() < Short.BYTES) {
            refuse("the message is too short for an opcode");
            return;
        }
        ByteBuf payload = loop.lend(frame);
        try {
            int opcode = payload.readShort();
            dispatcher.packet(opcode, payload);
        } finally {
            loop.giveBack();
        }
    }

    private void ping(Frame frame) {
        outgoing.pong(loop.lend(frame));
        loop.giveBack();
        handled();
    }

    private void refuse(String why) {
        end(Status.INVALID_ARGUMENT.withDescription(why));
    }

    private void drained() {
        if (owedRequests > 0) {
            // Not right here: gRPC may deliver inside request, and this may run inside another user's callback that
            // pushes.
            loop.execute(this::requestOwed);
        }
    }

    /** Asks gRPC for what it may deliver, unless so much waits for the link that more packets would only add to it. */
    private void requestOwed() {
        if (owedRequests > 0 && end == null && !outgoing.congested()) {
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
        lifeSigns = askedFrames == 0 && end == null;
        if (lifeSigns) {
            if (call.isReady()) {
                outgoing.pong(Unpooled.EMPTY_BUFFER);
            }
            loop.schedule(this::lifeSign, LIFE_SIGN_MILLIS);
        }
    }
}
