package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.Inspector;
import dev.gatehouse.gateway.SessionView;
import dev.gatehouse.link.Introduction;
import dev.gatehouse.link.Packet;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.protocol.BadPacketException;
import dev.gatehouse.protocol.EndReason;
import dev.gatehouse.protocol.Gonet2;
import dev.gatehouse.protocol.Gonet2Codec;
import dev.gatehouse.protocol.Heartbeat;
import dev.gatehouse.protocol.KeyExchange;
import dev.gatehouse.protocol.KeySeeds;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, from accept to end, on its connection's event loop.
 *
 * <p>A packet comes in at {@link #message} (decrypt, sequence, limit), is answered here or goes through the router to its service's
 * {@link Place}; what a service sends comes in at {@link #push} and goes out through {@link Outgoing} (encrypt).
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
    private final Outgoing out;
    private final @Nullable TokenBucket limit;
    private final Places places;
    private final Login login;
    private @Nullable ReattachBudget reattachBudget;
    private final long startNanos;

    private Phase phase = Phase.GREETING;
    private @Nullable EndReason endReason;
    private String endDetail = "";
    /** The client doesn't take the gateway's own answers. */
    private boolean choked;

    private long packetsIn;
    private long pausedNanos;
    private long inspectedNanos;

    Session(Connection connection, GatewayLoop loop) {
        this.connection = connection;
        this.loop = loop;
        codec = loop.parts().codecs().get();
        config = loop.parts().config();
        counters = loop.counters();
        router = loop.router();
        startNanos = connection.nanos();
        limit = config.rateLimit().map(r -> new TokenBucket(r, startNanos)).orElse(null);
        places = new Places(this, loop);
        out = new Outgoing(connection, loop, codec, places::taken);
        login = new Login(this, loop);
    }

    @Override
    public void opened(Connection c) {
        counters.sessions++;
    }

    @Override
    public void message(Connection c, ByteBuf packet) {
        boolean timed = counters.timesNext();
        long started = timed ? System.nanoTime() : 0;
        packetsIn++;
        int handled = 0;
        try {
            codec.open(packet);
            if (limit != null && !limit.take(c.nanos())) {
                throw new BadPacketException(EndReason.RATE_LIMIT, "more packets than allowed");
            }
            int opcode = packet.getShort(packet.readerIndex());
            if (router.trace()) {
                TRACE.info("{} in {} {} bytes", this, router.opcodeName(opcode), packet.readableBytes() - Short.BYTES);
            }
            handle(opcode, packet);
            handled = opcode;
        } catch (BadPacketException e) {
            end(e.reason(), String.valueOf(e.getMessage()));
        }
        // Only what has a handler is counted by opcode, so that a stranger can't fill the metrics with opcodes.
        if (handled > Gonet2.HEART_BEAT_REQ) {
            counters.opcode(handled).count(timed, started);
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
        out.send(Gonet2.HEART_BEAT_ACK, heartbeat::write);
        if (!connection.writable()) {
            choked = true;
            updateReading();
        }
    }

    private void exchangeKeys(ByteBuf payload) {
        if (!config.legacyEncryption() || codec.encrypted()) {
            throw new BadPacketException(
                    EndReason.ENCRYPTION_REFUSED,
                    codec.encrypted() ? "key exchange twice" : "key exchange while it is off");
        }
        KeyExchange.Answer answer = KeyExchange.answer(KeySeeds.read(payload), RANDOM);
        out.send(Gonet2.GET_SEED_ACK, answer.ours()::write);
        codec.encrypt(answer.inbound(), answer.outbound());
    }

    /**
     * Takes a packet of a service.
     *
     * @return whether the service may send another one
     */
    boolean push(Packet packet, int service) {
        PushQueue.Offer offer = out.push(packet, service);
        if (offer == PushQueue.Offer.FULL) {
            end(EndReason.SLOW_CONSUMER, "the client takes packets too slowly");
        }
        return offer != PushQueue.Offer.HOLD;
    }

    /** Takes a packet of a broadcast: a service that can't be held back must not fill the queue. */
    void pushBroadcast(Packet packet, int service) {
        if (!push(packet, service)) {
            end(EndReason.SLOW_CONSUMER, "the client takes broadcasts too slowly");
        }
    }

    @Override
    public void writable(Connection c) {
        out.drain();
        if (choked && c.writable()) {
            choked = false;
            updateReading();
        }
    }

    Connection connection() {
        return connection;
    }

    EventLoop eventLoop() {
        return loop.eventLoop();
    }

    /** What nodes are told of this session; there from the login on. */
    Introduction introduction() {
        return login.introduction();
    }

    Outgoing out() {
        return out;
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

    /** Logged in: what services have pushed meanwhile follows, then the client is read again. */
    void live() {
        long now = connection.nanos();
        inspectedNanos = now;
        pausedNanos = now;
        counters.logins++;
        phase = Phase.LIVE;
        out.open();
        writable(connection);
        updateReading();
    }

    /** One of the services is attached. */
    void opened() {
        login.attached();
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
        if (reattachBudget == null) {
            reattachBudget = new ReattachBudget(config.reattachAttemptsMax());
        }
        return reattachBudget.take(connection.nanos());
    }

    /** Reads from the client, or not, as the phase and the services allow. */
    void updateReading() {
        boolean read = switch (phase) {
            case GREETING -> !choked;
            case AUTHENTICATING, ATTACHING, STOPPING -> false;
            case LIVE -> !choked && !places.holdReading();
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
                end(stallReason(), "not read for " + config.stallTimeout());
            } else if (now - inspectedNanos >= Inspector.INTERVAL.toNanos()) {
                inspectedNanos = now;
                inspect(now);
            }
        } else {
            login.tick(now, startNanos);
        }
    }

    private EndReason stallReason() {
        if (choked) {
            return EndReason.SLOW_CONSUMER;
        }
        return places.heldBack() ? EndReason.SERVICE_STALLED : EndReason.SERVICE_UNAVAILABLE;
    }

    private void inspect(long now) {
        SessionView view = new SessionView(
                connection.id(),
                user(),
                connection.remoteAddress(),
                Duration.ofNanos(now - startNanos),
                packetsIn,
                out.packets());
        if (loop.parts().inspector().inspect(view) == Inspector.Verdict.END) {
            end(EndReason.KICKED, "ended by the inspector");
        }
    }

    /** Something of ours failed outside a callback of the connection, which sees to its own. */
    void failed(RuntimeException cause) {
        LOG.error("{} failed", this, cause);
        connection.cancelMessage();
        end(EndReason.INTERNAL_ERROR, "");
    }

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
    public void inputClosed(Connection c) {
        // Not only when the connection has closed: a client that is gone may be slow to take the rest.
        finish(EndReason.CLIENT_CLOSED, "", true);
        connection.close(CloseReason.PEER_CLOSED);
    }

    @Override
    public void closing(Connection c, CloseReason reason) {
        finish(EndReasons.of(reason), "", true);
    }

    @Override
    public void stopping(Connection c) {
        if (phase == Phase.LIVE && places.attached()) {
            phase(Phase.STOPPING);
            places.leave(loop.stopGrace());
        } else {
            end(EndReason.STOPPING, "");
        }
    }

    @Override
    public void closed(Connection c, CloseReason reason) {
        finish(EndReasons.of(reason), "", false);
        EndReason why = endReason == null ? EndReason.INTERNAL_ERROR : endReason;
        LOG.info(
                "{} {} user {} ended {} after {} ms, {} packets in, {} out{}",
                this,
                c.remoteAddress(),
                user(),
                why,
                (c.nanos() - startNanos) / 1_000_000,
                packetsIn,
                out.packets(),
                endDetail.isEmpty() ? "" : ": " + OneLine.of(endDetail));
        counters.sessions--;
        counters.ended[why.ordinal()]++;
    }

    private boolean finish(EndReason reason, String detail, boolean tell) {
        if (phase == Phase.ENDED) {
            return false;
        }
        phase = Phase.ENDED;
        endReason = reason;
        endDetail = detail;
        // What a service had answered before the end still goes out before it.
        out.close(tell && reason != EndReason.SLOW_CONSUMER);
        if (tell && reason.sent()) {
            out.sendEnd(reason, detail);
        }
        places.drop();
        login.end();
        return true;
    }

    @Override
    public String toString() {
        return "s" + connection.id();
    }
}
