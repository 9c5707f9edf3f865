package kv;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import io.netty.buffer.ByteBuf;

/** Carries out the requests of one client. */
final class KeyValueHandler implements ConnectionHandler {
    private final Engine engine;
    private final Peer peer;

    KeyValueHandler(Engine engine, Connection connection) {
        this.engine = engine;
        peer = new Peer(connection.id(), engine.firstDatabase());
    }

    @Override
    public void message(Connection connection, ByteBuf payload) {
        ByteBuf out = connection.beginMessage();
        if (engine.run(peer, payload, out, connection.nanos())) {
            connection.endMessage();
        } else {
            connection.cancelMessage();
        }
        if (peer.confused) {
            connection.close(CloseReason.MALFORMED_FRAME);
        } else if (peer.leaving) {
            connection.close();
        }
    }

    @Override
    public void closing(Connection connection, CloseReason reason) {
        if (reason == CloseReason.FRAME_TOO_LARGE) {
            engine.refuse(connection.beginMessage(), "ERR Protocol error: too big request");
            connection.endMessage();
        }
    }
}
