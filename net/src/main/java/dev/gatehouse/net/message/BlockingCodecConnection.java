package dev.gatehouse.net.message;

import dev.gatehouse.net.BlockingConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** Decodes what a {@link BlockingMessageHandler} receives, on its thread. */
final class BlockingCodecConnection<I, O> implements BlockingMessageConnection<I, O> {
    private final Codec<I, O> codec;
    private final BlockingConnection connection;

    BlockingCodecConnection(Codec<I, O> codec, BlockingConnection connection) {
        this.codec = codec;
        this.connection = connection;
    }

    @Override
    public Optional<I> receive() throws InterruptedException {
        return connection.receive().map(payload -> codec.decode(Unpooled.wrappedBuffer(payload)));
    }

    @Override
    public boolean send(O message) throws InterruptedException {
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
        connection.report(error);
    }

    @Override
    public BlockingConnection connection() {
        return connection;
    }
}
