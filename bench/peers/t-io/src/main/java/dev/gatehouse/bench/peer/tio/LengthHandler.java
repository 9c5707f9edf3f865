package dev.gatehouse.bench.peer.tio;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Frames of a u16 length and so many bytes. */
final class LengthHandler extends EchoHandler {
    @Override
    byte @Nullable [] read(ByteBuffer in) {
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

    @Override
    ByteBuffer frame(byte[] payload) {
        return ByteBuffer.allocate(Short.BYTES + payload.length)
                .putShort((short) payload.length)
                .put(payload);
    }
}
