package dev.gatehouse.bench.peer.tio;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Frames that end with a newline. */
final class LineHandler extends EchoHandler {
    @Override
    byte @Nullable [] read(ByteBuffer in) {
        for (int at = in.position(); at < in.limit(); at++) {
            if (in.get(at) == '\n') {
                byte[] payload = new byte[at - in.position()];
                in.get(payload).get();
                return payload;
            }
        }
        return null;
    }

    @Override
    ByteBuffer frame(byte[] payload) {
        return ByteBuffer.allocate(payload.length + 1).put(payload).put((byte) '\n');
    }
}
