package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The payload of get_seed_req and get_seed_ack: one side's two masks of a {@link KeyExchange}. They are named from the client's
 * view in both packets: {@code send} is for client to gateway, {@code receive} for gateway to client. Any s32 can be read; the
 * exchange checks the range.
 *
 * <pre>
 * | client_send_seed s32 | client_receive_seed s32 |
 * </pre>
 */
public record KeySeeds(int send, int receive) {
    /**
     * Reads the payload; bytes after it are ignored.
     *
     * @throws BadPacketException with PROTOCOL_ERROR if it is truncated
     */
    public static KeySeeds read(ByteBuf payload) {
        FieldReader fields = new FieldReader(payload);
        return new KeySeeds(fields.s32(), fields.s32());
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        FieldWriter fields = new FieldWriter(out);
        fields.s32(send);
        fields.s32(receive);
    }
}
