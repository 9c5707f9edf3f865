package dev.gatehouse.bench.peer.vertx;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;

/** Takes turns between a length of two bytes and so many bytes, as the documentation of {@link RecordParser} shows it. */
final class LengthParser implements Handler<Buffer> {
    private final NetSocket socket;
    private final RecordParser parser = RecordParser.newFixed(Short.BYTES);
    private boolean inPayload;

    LengthParser(NetSocket socket) {
        this.socket = socket;
        parser.handler(this::record);
    }

    @Override
    public void handle(Buffer bytes) {
        parser.handle(bytes);
    }

    private void record(Buffer record) {
        if (inPayload) {
            socket.write(Buffer.buffer(Short.BYTES + record.length())
                    .appendUnsignedShort(record.length())
                    .appendBuffer(record));
        }
        parser.fixedSizeMode(inPayload ? Short.BYTES : record.getUnsignedShort(0));
        inPayload = !inPayload;
    }
}
