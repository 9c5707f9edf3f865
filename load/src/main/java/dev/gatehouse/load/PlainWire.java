package dev.gatehouse.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection in the clear. */
final class PlainWire extends Wire {
    PlainWire(SocketChannel channel) {
        super(channel);
    }

    @Override
    void begin() {}

    @Override
    boolean ready() {
        return true;
    }

    @Override
    int read(ByteBuffer into) throws IOException {
        return channel().read(into);
    }

    @Override
    void write(ByteBuffer from) throws IOException {
        push(from);
    }

    @Override
    void end() {}
}
