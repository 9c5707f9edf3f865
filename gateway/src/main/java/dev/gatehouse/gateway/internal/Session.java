package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.Inspector;
import dev.gatehouse.gateway.SessionView;
import dev.gatehouse.link.Frame;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.protocol.BadPacketException;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.ErrorAck;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.Gonet2Codec;
import dev.gatehouse.protocol.Heartbeat;
import dev.gatehouse.protocol.KeyExchange;
import dev.gatehouse.protocol.KeySeeds;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, from accept to end, on its connection's event loop.
 *
 * <p>A packet comes in at {@link #message} (decrypt, sequence, limit), is answered here or goes through the router to its service's
 * {@link Place}; what a service sends comes in at {@link #push} and goes out at {@link #write} (encrypt).
 */
final class Session implements ConnectionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Logger TRACE = LoggerFactory.getLogger("dev.gatehouse.packets");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Connection connection;
    private final GatewayLoop loop;
    private final GatewayConfig config;
    private final Counters counters;
    private final Router router;
    private final Gonet2Codec codec;
    private final @Nullable TokenBucket limit;
    private final Places places;
    private final Login login;
    private final ReattachBudget reattachBudget = new ReattachBudget();
    private final long startNanos;

    private Phase phase = Phase.GREETING;
    private @Nullable EndReason endReason;
    private String endDetail = "";
    private @Nullable PushQueue queue;
    private long packetsIn;
    private long packetsOut;
    private long pausedNanos;
    private long inspectedNanos;

    Session(Connection connection, GatewayLoop loop) {
        this(connection, loop, Gonet2.INSTANCE.gatewaySide());
    }

    Session(Connection connection, GatewayLoop loop, Gonet2Codec codec) {
        this.connection = connection;
        this.loop = loop;
        this.codec = codec;
        config = loop.parts().config();
        counters = loop.counters();
        router = loop.router();
        startNanos = connection.nanos();
        limit = config.rateLimit().map(r -> new TokenBucket(r, startNanos)).orElse(null);
        places = new Places(this, loop);
        login = new Login(this, loop);
    }

    // ---- from the client ----

    @Override
    public void opened(Connection c) {
        counters.sessions++;
    }

    @Override
    public void message(Connection c, ByteBuf packet) {
        long started = System.nanoTime();
        packetsIn++;
        int opcode = -1;
        try {
            codec.open(packet);
            if (limit != null && !limit.take(c.nanos())) {
                throw new BadPacketException(EndReason.RATE_LIMIT, "more packets than allowed");
            }
            opcode = packet.getShort(packet.readerIndex());
            if (config.trace()) {
                TRACE.info("{} in {} {} bytes", this, router.opcodeName(opcode), packet.readableBytes() - Short.BYTES);
            }
            handle(opcode, packet);
        } catch (BadPacketException e) {
            end(e.reason(), String.valueOf(e.getMessage()));
        }
        if (opcode > Gonet2.HEART_BEAT_REQ) {
            Counters.PerOpcode counter = counters.opcode(opcode);
            counter.packets++;
            counter.handlingNanos += System.nanoTime() - started;
        }
    }

    private void handle(int opcode, ByteBuf packet) {
        if (opcode >= Gonet2.SERVICE_OPCODE_MIN) {
            forward(opcode, packet);
            return;
        }
        if (opcode < 0) {
            throw new BadPacketException(EndReason.PROTOCOL_ERROR, "opcode " + opcode);
        }
        count(counters.routes[0], packet.readableBytes());
        packet.skipBytes(Short.BYTES);
        switch (opcode) {
            case Gonet2.HEART_BEAT_REQ -> heartbeat(packet);
            case Gonet2.USER_LOGIN_REQ -> login.request(packet);
            case Gonet2.GET_SEED_REQ -> exchangeKeys(packet);
            default -> throw unknown(opcode);
        }
    }

    private void forward(int opcode, ByteBuf packet) {
        Route route = phase == Phase.LIVE ? router.route(opcode) : null;
        if (route == null) {
            throw unknown(opcode);
        }
        count(counters.routes[route.index()], packet.readableBytes());
        places.of(route.service()).send(packet);
    }

    private BadPacketException unknown(int opcode) {
        return phase == Phase.GREETING
                ? new BadPacketException(EndReason.NOT_LOGGED_IN, "opcode " + opcode + " before the login")
                : new BadPacketException(EndReason.UNKNOWN_OPCODE, "opcode " + opcode + " has no route");
    }

    private static void count(Counters.PerRoute counter, int bytes) {
        counter.packetsIn++;
        counter.bytesIn += bytes;
    }

    private void heartbeat(ByteBuf payload) {
        Heartbeat heartbeat = Heartbeat.read(payload);
        send(Gonet2.HEART_BEAT_ACK, heartbeat::write);
    }

    private void exchangeKeys(ByteBuf payload) {
        if (!config.legacyEncryption() || codec.encrypted()) {
            throw new BadPacketException(
                    EndReason.ENCRYPTION_REFUSED,
                    codec.encrypted() ? "key exchange twice" : "key exchange while it is off");
        }
        KeyExchange.Answer answer = KeyExchange.answer(KeySeeds.read(payload), RANDOM);
        send(Gonet2.GET_SEED_ACK, answer.ours()::write);
        codec.encrypt(answer.inbound(), answer.outbound());
    }

    // ---- to the client ----

    /**
     * Takes a packet of a service.
     *
     * @return whether the service may send another one
     */
    boolean push(Frame frame, int service) {
        PushQueue waiting = queue;
        if (phase != Phase.ENDED && (waiting == null || waiting.isEmpty()) && takesPushes()) {
            write(frame, service);
            return true;
        }
        return enqueue(frame, service);
    }

    private boolean takesPushes() {
        return (phase == Phase.LIVE && connection.writable()) || phase == Phase.STOPPING;
    }

    private void write(Frame frame, int service) {
        ByteBuf out = connection.beginMessage();
        int start = out.writerIndex();
        codec.begin(out);
        int packet = out.writerIndex();
        frame.readTo(out);
        sent(out, start, packet, service);
    }

    private void write(PushQueue.Waiting waiting) {
        ByteBuf out = connection.beginMessage();
        int start = out.writerIndex();
        codec.begin(out);
        int packet = out.writerIndex();
        out.writeBytes(waiting.packet());
        sent(out, start, packet, waiting.route().service());
    }

    private void sent(ByteBuf out, int start, int packet, int service) {
        int opcode = out.getShort(packet);
        Counters.PerRoute counter =
                counters.routes[router.wayBack(opcode, service).index()];
        counter.packetsOut++;
        counter.bytesOut += out.writerIndex() - packet;
        finish(out, start, packet, opcode);
    }

    private void finish(ByteBuf out, int start, int packet, int opcode) {
        if (config.trace()) {
            TRACE.info("{} out {} {} bytes", this, router.opcodeName(opcode), out.writerIndex() - packet - Short.BYTES);
        }
        packetsOut++;
        codec.seal(out, start);
        connection.endMessage();
    }

    /** Sends a packet of the gateway's own. */
    void send(int opcode, Consumer<ByteBuf> payload) {
        ByteBuf out = connection.beginMessage();
        int start = out.writerIndex();
        codec.begin(out);
        int packet = out.writerIndex();
        out.writeShort(opcode);
        payload.accept(out);
        Counters.PerRoute counter = counters.routes[0];
        counter.packetsOut++;
        counter.bytesOut += out.writerIndex() - packet;
        finish(out, start, packet, opcode);
    }

    private boolean enqueue(Frame frame, int service) {
        PushQueue waiting = queue;
        if (waiting == null) {
            waiting = new PushQueue(connection.channel().alloc(), counters, config.queueBytesMax());
            queue = waiting;
        }
        return switch (waiting.offer(frame, router, service)) {
            case MORE -> true;
            case HOLD -> false;
            case FULL -> {
                end(EndReason.SLOW_CONSUMER, "the client takes packets too slowly");
                yield true;
            }
        };
    }

    @Override
    public void writable(Connection c) {
        PushQueue waiting = queue;
        while (waiting != null && !waiting.isEmpty() && takesPushes()) {
            PushQueue.Waiting next = waiting.poll();
            write(next);
            next.packet().release();
        }
        if (waiting == null || waiting.isEmpty()) {
            places.requestOwed();
        }
    }

    // ---- login and services ----

    Connection connection() {
        return connection;
    }

    Places places() {
        return places;
    }

    Phase phase() {
        return phase;
    }

    void phase(Phase next) {
        phase = next;
        updateReading();
    }

    long user() {
        return login.user();
    }

    boolean ended() {
        return phase == Phase.ENDED;
    }

    boolean stopping() {
        return phase == Phase.STOPPING;
    }

    /** Logged in: what services have pushed meanwhile follows. */
    void live() {
        phase(Phase.LIVE);
        inspectedNanos = connection.nanos();
        counters.logins++;
        writable(connection);
    }

    /** One of the services is attached. */
    void opened() {
        login.attached();
    }

    /** A service refuses us. */
    void refused(String what) {
        end(EndReason.SERVICE_UNAVAILABLE, what);
    }

    /** An attachment has ended that was to end. */
    void detached() {
        if (!places.attached()) {
            login.gone();
            if (phase == Phase.STOPPING) {
                end(EndReason.STOPPING, "");
            }
        }
    }

    boolean mayReattach() {
        return reattachBudget.take(connection.nanos());
    }

    /** The session that logs in next as this user waits until all of this one's attachments have ended. */
    Login login() {
        return login;
    }

    /** Reads from the client, or not, as the phase and the services allow. */
    void updateReading() {
        boolean read = switch (phase) {
            case GREETING -> true;
            case AUTHENTICATING, ATTACHING, STOPPING -> false;
            case LIVE -> !places.holdReading();
            case ENDED -> connection.reading();
        };
        if (read && !connection.reading()) {
            connection.resumeReading();
        } else if (!read && connection.reading()) {
            pausedNanos = connection.nanos();
            connection.pauseReading();
        }
    }

    @Override
    public void tick(Connection c, long now) {
        if (phase == Phase.LIVE) {
            if (!c.reading() && now - pausedNanos >= config.stallTimeout().toNanos()) {
                end(
                        places.heldBack() ? EndReason.SERVICE_STALLED : EndReason.SERVICE_UNAVAILABLE,
                        "not read for " + config.stallTimeout());
            } else if (now - inspectedNanos >= Inspector.INTERVAL.toNanos()) {
                inspectedNanos = now;
                inspect(now);
            }
        } else {
            login.tick(now, startNanos);
        }
    }

    private void inspect(long now) {
        SessionView view = new SessionView(
                connection.id(),
                user(),
                connection.remoteAddress(),
                Duration.ofNanos(now - startNanos),
                packetsIn,
                packetsOut);
        if (loop.parts().inspector().inspect(view) == Inspector.Verdict.END) {
            end(EndReason.KICKED, "ended by the inspector");
        }
    }

    // ---- the end ----

    /** Ends the session for a reason, which the client is told. */
    void end(EndReason reason, String detail) {
        if (login.failing(reason)) {
            login.failed(detail);
            return;
        }
        if (finish(reason, detail, true)) {
            connection.close(CloseReason.LOCAL);
        }
    }

    /** Ends the session after the client was told that its login failed. */
    void endLogin(EndReason reason, String detail) {
        if (finish(reason, detail, false)) {
            connection.close(CloseReason.LOCAL);
        }
    }

    @Override
    public void closing(Connection c, CloseReason reason) {
        finish(EndReasons.of(reason), "", true);
    }

    @Override
    public void stopping(Connection c) {
        if (phase == Phase.LIVE && places.attached()) {
            phase(Phase.STOPPING);
            writable(c);
            places.leave(loop.stopGrace());
        } else {
            end(EndReason.STOPPING, "");
        }
    }

    @Override
    public void closed(Connection c, CloseReason reason) {
        finish(EndReasons.of(reason), "", false);
        PushQueue waiting = queue;
        if (waiting != null) {
            waiting.release();
        }
        EndReason why = endReason == null ? EndReason.INTERNAL_ERROR : endReason;
        counters.sessions--;
        counters.ended[why.ordinal()]++;
        LOG.info(
                "{} {} user {} ended {} after {} ms, {} packets in, {} out{}",
                this,
                c.remoteAddress(),
                user(),
                why,
                (c.nanos() - startNanos) / 1_000_000,
                packetsIn,
                packetsOut,
                endDetail.isEmpty() ? "" : ": " + endDetail);
    }

    private boolean finish(EndReason reason, String detail, boolean tell) {
        if (phase == Phase.ENDED) {
            return false;
        }
        if (reason != EndReason.SLOW_CONSUMER) {
            flushQueue();
        }
        phase = Phase.ENDED;
        endReason = reason;
        endDetail = detail;
        if (tell && reason.sent()) {
            send(Gonet2.CLIENT_ERROR_ACK, new ErrorAck(reason.code(), detail)::write);
        }
        places.drop();
        login.end();
        return true;
    }

    /** What a service had answered before the end still goes out before it. */
    private void flushQueue() {
        PushQueue waiting = queue;
        while (waiting != null && !waiting.isEmpty() && phase != Phase.ATTACHING) {
            PushQueue.Waiting next = waiting.poll();
            write(next);
            next.packet().release();
        }
    }

    @Override
    public String toString() {
        return "s" + connection.id();
    }
}
