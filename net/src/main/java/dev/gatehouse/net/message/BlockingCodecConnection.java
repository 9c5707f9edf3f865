package dev.gatehouse.net.message;

import dev.gatehouse.net.BlockingConnection;
import dev.gatehouse.net.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** Decodes what a {@link BlockingMessageHandler} receives, on its thread. */
final class BlockingCodecConnection<I, O> implements BlockingMessageConnection<I, O> {
    private final Codec<I, O> codec;
    private final BlockingConnection connection;
    /** What follows a refused message isn't looked at, though it may have come already. */
    private volatile boolean refused;

    BlockingCodecConnection(Codec<I, O> codec, BlockingConnection connection) {
        this.codec = codec;
        this.connection = connection;
    }

    @Override
    public Optional<I> receive() throws InterruptedException {
        Optional<byte[]> payload = refused ? Optional.empty() : connection.receive();
        if (payload.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.decode(Unpooled.wrappedBuffer(payload.get())));
        } catch (MessageException e) {
            refused = true;
            report(e);
            connection.connection().close(CloseReason.MALFORMED_MESSAGE);
            return Optional.empty();
        }
    }

    @Override
    public boolean send(O message) throws InterruptedException {
        if (refused) {
            return false;
        }
        ByteBuf payload = Unpooled.buffer();
        codec.encode(message, payload);
        return connection.send(ByteBufUtil.getBytes(payload));
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public void report(Throwable error) {
        connection.connection().report(error);
    }

    @Override
    public BlockingConnection connection() {
        return connection;
    }
}
