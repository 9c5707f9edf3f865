package dev.gatehouse.link;

import io.netty.buffer.ByteBuf;

/**
 * A packet where it lies, in a frame or a batch that arrived: {@code | opcode s16 | payload |}. Valid only during the callback
 * that brings it, on its thread.
 */
public interface Packet {

    /** Its length in bytes, opcode included. */
    int length();

    /** Appends its bytes to a buffer, which grows as needed. */
    void readTo(ByteBuf out);
}
