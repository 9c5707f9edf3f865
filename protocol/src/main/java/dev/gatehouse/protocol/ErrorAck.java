package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The payload of client_error_ack: the code of an {@link EndReason}, or one that a newer gateway knows, and a text for people.
 *
 * <pre>
 * | code s32 | msg str |
 * </pre>
 */
public record ErrorAck(int code, String msg) {
    /**
     * Reads the payload; bytes after it are ignored.
     *
     * @throws BadPacketException with PROTOCOL_ERROR if it is truncated
     */
    public static ErrorAck read(ByteBuf payload) {
        FieldReader fields = new FieldReader(payload);
        return new ErrorAck(fields.s32(), fields.str());
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
