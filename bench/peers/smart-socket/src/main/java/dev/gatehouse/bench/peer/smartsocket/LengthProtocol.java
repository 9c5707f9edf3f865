package dev.gatehouse.bench.peer.smartsocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.smartboot.socket.Protocol;
import org.smartboot.socket.transport.AioSession;

/** Frames of a u16 length and so many bytes. */
final class LengthProtocol implements Protocol<byte[]> {
    @Override
    public byte @Nullable [] decode(ByteBuffer in, AioSession session) {
        if (in.remaining() < Short.BYTES) {
            return null;
        }
        int length = Short.toUnsignedInt(in.getShort(in.position()));
        if (in.remaining() < Short.BYTES + length) {
            return null;
        }
        byte[] payload = new byte[length];
        in.position(in.position() + Short.BYTES).get(payload);
        return payload;
    }
}
