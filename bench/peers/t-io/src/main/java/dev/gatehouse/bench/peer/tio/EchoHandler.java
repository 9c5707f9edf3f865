package dev.gatehouse.bench.peer.tio;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.tio.core.ChannelContext;
import org.tio.core.Tio;
import org.tio.core.TioConfig;
import org.tio.core.intf.Packet;
import org.tio.server.intf.TioServerHandler;

/** Sends back each payload; how it is framed, others say. */
abstract class EchoHandler implements TioServerHandler {
    /** The payload of the frame at the buffer's position, which moves behind it; null if it hasn't come whole. */
    abstract byte @Nullable [] read(ByteBuffer in);

    /** A frame, written up to the buffer's position: t-io turns it round itself. */
    abstract ByteBuffer frame(byte[] payload);

    @Override
    public final @Nullable Packet decode(
            ByteBuffer in, int limit, int position, int readableLength, ChannelContext context) {
        byte[] payload = read(in);
        return payload == null ? null : new Message(payload);
    }

    @Override
    public final ByteBuffer encode(Packet packet, TioConfig config, ChannelContext context) {
        return frame(((Message) packet).payload);
    }

    @Override
    public final void handler(Packet packet, ChannelContext context) {
        Tio.send(context, packet);
    }

    private static final class Message extends Packet {
        private final transient byte[] payload;

        Message(byte[] payload) {
            this.payload = payload;
        }
    }
}
