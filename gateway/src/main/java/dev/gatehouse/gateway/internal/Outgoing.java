package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.link.Packet;
import dev.gatehouse.net.Connection;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.ErrorAck;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.Gonet2Codec;
import dev.gatehouse.protocol.LoginFailure;
import dev.gatehouse.protocol.LoginFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's way out: what services push and what the gateway itself says, counted, encrypted and framed; pushes wait in a queue
 * while the client can't take them. On the session's event loop.
 */
final class Outgoing {
    private static final Logger TRACE = LoggerFactory.getLogger("dev.gatehouse.packets");
    /** What stands beside the text in a packet with a code and a text: opcode, code, length. */
    private static final int TEXT_PACKET_BYTES = Short.BYTES + Integer.BYTES + Short.BYTES;
    /** The most bytes that a char of Java can have in UTF-8. */
    private static final int CHAR_BYTES_MAX = 3;

    private final Connection connection;
    private final GatewayConfig config;
    private final Counters counters;
    private final Router router;
    private final Gonet2Codec codec;
    private final Taken taken;
    private @Nullable PushQueue queue;
    private boolean open;
    private boolean closed;
    private long packets;

    /** Is told the service and the length of a packet for which that may have waited. */
    interface Taken {
        void taken(int service, int bytes);
    }

    /**
     * @param taken told of each packet that it may have waited for, once that is sent; it may push more at once
     */
    Outgoing(Connection connection, GatewayLoop loop, Gonet2Codec codec, Taken taken) {
        this.connection = connection;
        this.codec = codec;
        this.taken = taken;
        config = loop.parts().config();
        counters = loop.counters();
        router = loop.router();
    }

    /** How many packets were sent. */
    long packets() {
        return packets;
    }

    /** The client is logged in: pushes may go, and those that wait do. */
    void open() {
        open = true;
        drain();
    }

    /** Nothing is pushed any more; what waits is sent before, if it is to be. */
    void close(boolean flush) {
        PushQueue waiting = queue;
        while (flush && open && waiting != null && !waiting.isEmpty()) {
            write(waiting);
        }
        open = false;
        closed = true;
        if (waiting != null) {
            waiting.release();
            queue = null;
        }
    }

    /** Takes a packet of a service, which is read during the call. */
    PushQueue.Offer push(Packet packet, int service) {
        PushQueue waiting = queue;
        if (waiting == null && takesPushes()) {
            write(packet, service);
            return PushQueue.Offer.MORE;
        }
        if (closed) {
            return PushQueue.Offer.MORE;
        }
        if (waiting == null) {
            waiting = new PushQueue(connection.channel().alloc(), counters, config.queueBytesMax());
            queue = waiting;
        }
        return waiting.offer(packet, router, service);
    }

    /** Sends what waits, as far as the client takes it. */
    void drain() {
        PushQueue waiting = queue;
        while (waiting != null && !waiting.isEmpty() && takesPushes()) {
            int bytes = waiting.peek().bytes();
            PushQueue.Waiting sent = write(waiting);
            if (sent.awaited()) {
                taken.taken(sent.service(), bytes);
            }
        }
        if (waiting != null && waiting.isEmpty()) {
            // Few clients are ever slow: the others shouldn't keep a queue for having been so once.
            queue = null;
        }
    }

    private boolean takesPushes() {
        return open && connection.writable();
    }

    private void write(Packet packet, int service) {
        ByteBuf out = connection.beginMessage();
        int start = out.writerIndex();
        codec.begin(out);
        int at = out.writerIndex();
        packet.readTo(out);
        sent(out, start, at, router.wayBack(out.getShort(at), service).index());
    }

    private PushQueue.Waiting write(PushQueue waiting) {
        PushQueue.Waiting next = waiting.poll();
        ByteBuf out = connection.beginMessage();
        int start = out.writerIndex();
        codec.begin(out);
        int packet = out.writerIndex();
        out.writeBytes(next.packet());
        next.packet().release();
        sent(out, start, packet, next.route().index());
        return next;
    }

    /** Sends a packet of the gateway's own. */
    void send(int opcode, Consumer<ByteBuf> payload) {
        ByteBuf out = connection.beginMessage();
        int start = out.writerIndex();
        codec.begin(out);
        int packet = out.writerIndex();
        out.writeShort(opcode);
        payload.accept(out);
        sent(out, start, packet, 0);
    }

    /** Tells the client why its session ends. */
    void sendEnd(EndReason reason, String detail) {
        send(Gonet2.CLIENT_ERROR_ACK, new ErrorAck(reason.code(), fitting(detail))::write);
    }

    /** Tells the client why its login failed. */
    void sendLoginFault(LoginFailure failure, String message) {
        send(Gonet2.USER_LOGIN_FAILD_ACK, new LoginFault(failure.code(), fitting(message))::write);
    }

    private void sent(ByteBuf out, int start, int packet, int route) {
        int bytes = out.writerIndex() - packet;
        Counters.PerRoute counter = counters.routes[route];
        counter.packetsOut++;
        counter.bytesOut += bytes;
        if (router.trace()) {
            String opcode = router.opcodeName(out.getShort(packet));
            TRACE.info("s{} out {} {} bytes", connection.id(), opcode, bytes - Short.BYTES);
        }
        packets++;
        codec.seal(out, start);
        connection.endMessage();
    }

    /** As much of a text as a packet can carry; a text may come from an authenticator, which knows no limit. */
    private String fitting(String text) {
        int bytesMax = config.packetBytesMax() - TEXT_PACKET_BYTES;
        boolean fits = text.length() <= bytesMax && ByteBufUtil.utf8Bytes(text) <= bytesMax;
        return fits ? text : text.substring(0, Math.min(text.length(), bytesMax / CHAR_BYTES_MAX));
    }
}
