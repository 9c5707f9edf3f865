package dev.gatehouse.net.message;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.Connection;
import dev.gatehouse.net.ConnectionHandler;
import io.netty.buffer.ByteBuf;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;

/**
 * Decodes what comes for a {@link MessageHandler}. On the event loop; one serves any number of connections, so what it needs
 * for each hangs on the channel.
 */
final class CodecHandler<I, O> implements ConnectionHandler {
    private static final AttributeKey<Use<?>> USE = AttributeKey.valueOf(CodecHandler.class, "use");

    private final Codec<I, O> codec;
    private final MessageHandler<I, O> handler;

    CodecHandler(Codec<I, O> codec, MessageHandler<I, O> handler) {
        this.codec = codec;
        this.handler = handler;
    }

    /** A connection, and the handler that wrapped it. */
    private record Use<O>(CodecHandler<?, O> by, MessageConnection<O> connection) {}

    private MessageConnection<O> typed(Connection connection) {
        Attribute<Use<?>> use = connection.channel().attr(USE);
        Use<?> present = use.get();
        if (present != null && present.by == this) {
            @SuppressWarnings("unchecked") // It is this handler's own.
            MessageConnection<O> own = (MessageConnection<O>) present.connection;
            return own;
        }
        // The first callback, or a handler of the user's own hands the connection from one codec to another.
        MessageConnection<O> made = new CodecConnection<>(codec, connection);
        use.set(new Use<>(this, made));
        return made;
    }

    @Override
    public void opened(Connection connection) {
        handler.opened(typed(connection));
    }

    @Override
    public void message(Connection connection, ByteBuf payload) {
        handler.message(typed(connection), codec.decode(payload));
    }

    @Override
    public void writable(Connection connection) {
        handler.writable(typed(connection));
    }

    @Override
    public void inputClosed(Connection connection) {
        handler.inputClosed(typed(connection));
    }

    @Override
    public void tick(Connection connection, long nanos) {
        handler.tick(typed(connection), nanos);
    }

    @Override
    public void stopping(Connection connection) {
        handler.stopping(typed(connection));
    }

    @Override
    public void closing(Connection connection, CloseReason reason) {
        handler.closing(typed(connection), reason);
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
        handler.closed(typed(connection), reason);
    }
}
