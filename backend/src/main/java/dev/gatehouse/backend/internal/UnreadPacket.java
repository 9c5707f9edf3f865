package dev.gatehouse.backend.internal;

import dev.gatehouse.link.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A packet of a batch, kept for when the handler has time. */
record UnreadPacket(ByteBuf bytes) implements Packet {

    static UnreadPacket copyOf(Packet packet) {
        ByteBuf copy = Unpooled.buffer(packet.length());
        packet.readTo(copy);
        return new UnreadPacket(copy);
    }

    @Override
    public int length() {
        return bytes.readableBytes();
    }

    @Override
    public void readTo(ByteBuf out) {
        out.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    }
}
