package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The payload of user_login_succeed_ack: the user's id.
 *
 * <pre>
 * | uid s32 |
 * </pre>
 */
public record LoginAck(int uid) {
    /**
     * Reads the payload; bytes after it are ignored.
     *
     * @throws BadPacketException with PROTOCOL_ERROR if it is truncated
     */
    public static LoginAck read(ByteBuf payload) {
        return new LoginAck(new FieldReader(payload).s32());
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        new FieldWriter(out).s32(uid);
    }
}
