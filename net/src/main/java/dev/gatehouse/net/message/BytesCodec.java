package dev.gatehouse.net.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Payloads as they are. */
final class BytesCodec implements Codec<byte[], byte[]> {
    @Override
    public byte[] decode(ByteBuf payload) {
        return ByteBufUtil.getBytes(payload);
    }

    @Override
    public void encode(byte[] message, ByteBuf out) {
        out.writeBytes(message);
    }
}
