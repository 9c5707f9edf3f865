package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The payload of heart_beat_req and heart_beat_ack, which answers with the same id.
 *
 * <pre>
 * | id s32 |    or nothing, which reads as id 0
 * </pre>
 */
public record Heartbeat(int id) {
    /**
     * Reads the payload; bytes after it are ignored.
     *
     * @throws BadPacketException with PROTOCOL_ERROR if the id is truncated, 1 to 3 bytes
     */
    public static Heartbeat read(ByteBuf payload) {
        return new Heartbeat(payload.isReadable() ? new FieldReader(payload).s32() : 0);
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        new FieldWriter(out).s32(id);
    }
}
