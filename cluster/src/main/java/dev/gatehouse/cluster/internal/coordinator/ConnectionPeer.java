package dev.gatehouse.cluster.internal.coordinator;

import dev.gatehouse.cluster.internal.message.Message;
import dev.gatehouse.cluster.internal.message.MessageCodec;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.Framing;
import org.jspecify.annotations.Nullable;

/** A participant on a connection of {@code net}. On its event loop. */
final class ConnectionPeer implements Peer {
    private static final Framing TRUSTED = Framing.typed(MessageCodec.BODY_BYTES_MAX);

    private final Connection connection;

    private boolean closes;

    /** The newest ring, while there is no room for it. */
    private byte @Nullable [] waiting;

    ConnectionPeer(Connection connection) {
        this.connection = connection;
    }

    @Override
    public long id() {
        return connection.id();
    }

    @Override
    public void send(Message message) {
        connection.send(MessageCodec.encode(message));
    }

    @Override
    public void publish(byte[] ring) {
        if (connection.writable()) {
            waiting = null;
            connection.send(ring);
        } else {
            waiting = ring;
        }
    }

    /** There is room again. */
    void roomAgain() {
        if (waiting != null) {
            publish(waiting);
        }
    }

    @Override
    public boolean writable() {
        return connection.writable();
    }

    @Override
    public void trust() {
        connection.framing(TRUSTED);
    }

    /** It is being closed for a cause of its own, after what is still sent. */
    void closes() {
        closes = true;
    }

    @Override
    public void close(Message.Failure failure) {
        if (!connection.closing()) {
            send(failure);
            close();
        }
    }

    @Override
    public void close() {
        if (!closes) {
            connection.close();
        }
    }
}
