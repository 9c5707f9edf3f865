package dev.gatehouse.cluster.internal.coordinator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.cluster.internal.message.MalformedMessageException;
import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.cluster.internal.message.Proof;
import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import dev.gatehouse.net.Framing;
import io.netty.buffer.ByteBuf;

/** Carries what happens on one connection to the rules. On the coordinator's event loop. */
final class CoordinatorHandler implements ConnectionHandler {
    /** Of the first thing that is sent, the verify key. */
    static final Framing KEY = Framing.fixed(Proof.KEY_BYTES);

    private static final Framing UNVERIFIED = Framing.typed(MessageCodec.UNVERIFIED_BODY_BYTES_MAX);

    private static final String TOO_LONG = "a body that is too long";

    private final Coordination coordination;
    private final ConnectionPeer peer;
    private final Visit visit;

    CoordinatorHandler(Coordination coordination, Connection connection) {
        this.coordination = coordination;
        peer = new ConnectionPeer(connection);
        visit = coordination.expect(peer, Proof.newKey());
    }

    @Override
    public void opened(Connection connection) {
        connection.send(visit.key.getBytes(US_ASCII));
        connection.framing(UNVERIFIED);
        coordination.opened(visit);
    }

    @Override
    public void message(Connection connection, ByteBuf payload) {
        Message message;
        try {
            message = MessageCodec.decode(payload);
        } catch (MalformedMessageException e) {
            coordination.malformed(visit, e.sentence());
            return;
        }
        coordination.received(visit, message);
    }

    @Override
    public void writable(Connection connection) {
        peer.roomAgain();
    }

    @Override
    public void closing(Connection connection, CloseReason reason) {
        if (reason == CloseReason.FRAME_TOO_LARGE) {
            peer.closes();
            coordination.malformed(visit, TOO_LONG);
        }
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
        coordination.closed(visit);
    }
}
