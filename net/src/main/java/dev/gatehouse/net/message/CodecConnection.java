package dev.gatehouse.net.message;

import dev.gatehouse.net.Connection;
import io.netty.buffer.ByteBuf;

/** What {@link CodecHandler} hands to its callbacks, one a connection. Any thread. */
final class CodecConnection<O> implements MessageConnection<O> {
    private final Codec<?, O> codec;
    private final Connection connection;

    CodecConnection(Codec<?, O> codec, Connection connection) {
        this.codec = codec;
        this.connection = connection;
    }

    @Override
    public boolean send(O message) {
        return connection.eventLoop().inEventLoop() ? sendHere(message) : sendFromElsewhere(message);
    }

    private boolean sendHere(O message) {
        ByteBuf out = connection.beginMessage();
        try {
            codec.encode(message, out);
        } catch (Throwable t) {
            connection.cancelMessage();
            throw t;
        }
        return connection.endMessage();
    }

    private boolean sendFromElsewhere(O message) {
        ByteBuf payload = connection.channel().alloc().buffer();
        try {
            codec.encode(message, payload);
            return connection.send(payload);
        } finally {
            payload.release();
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public void report(Throwable error) {
        connection.report(error);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
