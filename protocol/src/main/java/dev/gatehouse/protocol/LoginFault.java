package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The payload of user_login_faild_ack: a code of {@link LoginFailure}, or one that a newer gateway knows, and a text for people.
 *
 * <pre>
 * | code s32 | msg str |
 * </pre>
 */
public record LoginFault(int code, String msg) {
    /**
     * Reads the payload; bytes after it are ignored.
     *
     * @throws BadPacketException with PROTOCOL_ERROR if it is truncated
     */
    public static LoginFault read(ByteBuf payload) {
        FieldReader fields = new FieldReader(payload);
        return new LoginFault(fields.s32(), fields.str());
    }

    /**
     * Appends the payload.
     *
     * @throws IllegalArgumentException if the text has more than 65535 bytes in UTF-8
     */
    public void write(ByteBuf out) {
        FieldWriter fields = new FieldWriter(out);
        fields.s32(code);
        fields.str(msg);
    }
}
