package dev.gatehouse.bench.peer.smartsocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.smartboot.socket.Protocol;
import org.smartboot.socket.transport.AioSession;

/** Frames that end with a newline. */
final class LineProtocol implements Protocol<byte[]> {
    @Override
    public byte @Nullable [] decode(ByteBuffer in, AioSession session) {
        for (int at = in.position(); at < in.limit(); at++) {
            if (in.get(at) == '\n') {
                byte[] payload = new byte[at - in.position()];
                in.get(payload).get();
                return payload;
            }
        }
        return null;
    }
}
