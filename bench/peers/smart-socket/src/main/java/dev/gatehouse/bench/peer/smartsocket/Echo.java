package dev.gatehouse.bench.peer.smartsocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.smartboot.socket.MessageProcessor;
import org.smartboot.socket.transport.AioSession;
import org.smartboot.socket.transport.WriteBuffer;

/** Writes back each payload, framed; the session flushes once a read. */
final class Echo implements MessageProcessor<byte[]> {
    private final boolean lines;

    Echo(boolean lines) {
        this.lines = lines;
    }

    @Override
    public void process(AioSession session, byte[] payload) {
        WriteBuffer out = session.writeBuffer();
        try {
            if (!lines) {
                out.writeShort((short) payload.length);
            }
            out.write(payload);
            if (lines) {
                out.writeByte((byte) '\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
