package dev.gatehouse.backend.internal;

import dev.gatehouse.backend.PushOutcome;
import dev.gatehouse.backend.ServiceNode;
import dev.gatehouse.backend.User;
import dev.gatehouse.link.OutboundFrame;
import dev.gatehouse.link.Packet;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One user at this node, over whatever contract its {@link Line} speaks, from its acceptance to its end. Everything but the methods
 * of {@link User} runs on the event loop of its link.
 *
 * <p>The end has up to three steps. {@link #end} takes the user off the books and stops the packets; the dispatcher tells the
 * handler when it is through with what came before; {@link #left} writes what was pushed until then and ends the line.
 */
final class Attachment implements User {

    static final Status HANDLER_FAILED = Status.INTERNAL.withDescription("the handler failed");

    private final Visitor visitor;
    private final GrpcNode node;
    private final CallLoop loop;
    private final Line line;
    private final Outgoing outgoing;
    private final Dispatcher dispatcher;

    private volatile Optional<Object> state = Optional.empty();
    private @Nullable Status end;
    private boolean linkGone;
    private boolean closed;

    Attachment(Visitor visitor, GrpcNode node, CallLoop loop, Line line) {
        this.visitor = visitor;
        this.node = node;
        this.loop = loop;
        this.line = line;
        ServiceOptions options = node.options();
        OutgoingQueue queue =
                new OutgoingQueue(options.queuePacketsMax(), options.queueBytesMax(), options.packetsAhead());
        outgoing = new Outgoing(line, loop, queue);
        HandlerCalls calls = new HandlerCalls(options.handler(), this);
        dispatcher = options.blocking()
                ? new VirtualThreadDispatcher(calls, this, loop)
                : new EventLoopDispatcher(calls, this);
    }

    /** Tells the handler that the user is there. */
    void open() {
        dispatcher.opened();
    }

    /** Whether packets of the client are still taken. */
    boolean taking() {
        return end == null;
    }

    Line line() {
        return line;
    }

    CallLoop loop() {
        return loop;
    }

    /** Gives a packet to the handler. */
    void packet(Packet packet) {
        if (packet.length() < Short.BYTES) {
            refuse("the message is too short for an opcode");
            return;
        }
        ByteBuf payload = loop.lend(packet);
        try {
            int opcode = payload.readShort();
            dispatcher.packet(opcode, payload);
        } finally {
            loop.giveBack();
        }
    }

    /** The handler is through with a packet, so there is room for another. */
    void handled(int payloadBytes) {
        line.handled(payloadBytes);
    }

    /** Whether so much waits for the gateway that no more packets should be taken from this user. */
    boolean congested() {
        return outgoing.congested();
    }

    /** The line may be ready again. */
    void writable() {
        outgoing.drain();
    }

    /**
     * Whether the next packet for this user may be a broadcast: nothing waits that it would pass, and the user hasn't left. After a yes,
     * what is pushed waits until {@link #broadcastNow}. Any thread.
     */
    boolean joinBroadcast() {
        return outgoing.joinBroadcast();
    }

    /** The broadcast is being sent; whether the user still takes it. */
    boolean broadcastNow() {
        return outgoing.broadcastNow();
    }

    /** What the gateway sent for this user makes no sense. */
    void refuse(String why) {
        end(Status.INVALID_ARGUMENT.withDescription(why));
    }

    /** The link is gone, and with it all that waits for it. */
    void lost() {
        linkGone = true;
        outgoing.drop();
        end(Status.CANCELLED);
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
        if (linkGone) {
            node.attachments().left(this);
        } else {
            outgoing.finish(
                    handlerStatus.isOk() ? end : handlerStatus,
                    () -> node.attachments().left(this));
        }
    }

    /** Tries to end callbacks that don't return. Any thread. */
    void interrupt() {
        dispatcher.interrupt();
    }

    /** Runs something on the event loop of this attachment. Any thread. */
    void onLoop(Runnable task) {
        loop.execute(task);
    }

    /** Sends a packet that is encoded already. Any thread. */
    PushOutcome push(OutboundFrame packet) {
        return outgoing.push(packet);
    }

    @Override
    public long id() {
        return visitor.user();
    }

    @Override
    public String remoteAddress() {
        return visitor.remoteAddress();
    }

    @Override
    public Map<String, String> attributes() {
        return visitor.attributes();
    }

    @Override
    public ServiceNode node() {
        return node;
    }

    @Override
    public PushOutcome push(int opcode, ByteBuf payload) {
        checkPush(opcode, payload);
        return outgoing.push(opcode, payload);
    }

    @Override
    public PushOutcome push(int opcode, byte[] payload) {
        return push(opcode, Unpooled.wrappedBuffer(payload));
    }

    /**
     * Checks what is to be sent.
     *
     * @throws IllegalArgumentException if it can't be
     */
    static void checkPush(int opcode, ByteBuf payload) {
        if (opcode != (short) opcode) {
            throw new IllegalArgumentException(
                    "opcode: " + opcode + " (expected: " + Short.MIN_VALUE + ".." + Short.MAX_VALUE + ")");
        }
        if (payload.readableBytes() > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "payload: " + payload.readableBytes() + " bytes (expected: 0.." + PAYLOAD_BYTES_MAX + ")");
        }
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
        return "user " + id();
    }
}
