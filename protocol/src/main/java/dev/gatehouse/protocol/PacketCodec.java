package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;

/**
 * One side's packets of one session: sequence and cipher, in place. This is the seam of a {@link Dialect}: what surrounds the
 * opcode and the payload is known here alone. Not thread-safe: it belongs to the session's event loop. No method keeps,
 * retains or releases a buffer.
 */
public interface PacketCodec {
    /**
     * Opens an incoming frame in place: decrypts it and checks header and sequence. Afterwards the reader index stands at the
     * opcode, so the readable bytes are {@code | opcode s16 | payload |}, which is what a service gets; the buffer's bytes
     * are overwritten when the packet was encrypted. After an exception the session can't go on: cipher and sequence are
     * undefined.
     *
     * @throws BadPacketException with PROTOCOL_ERROR if the frame is shorter than its header, with SEQUENCE_MISMATCH if the
     *     packet isn't the next one
     */
    void open(ByteBuf frame);

    /**
     * Writes what stands before the opcode of an outgoing packet: the client's sequence number, nothing at the gateway. The
     * caller then writes opcode and payload and calls {@link #seal} before it begins another packet.
     *
     * @throws IllegalStateException if the session has used its last sequence number
     */
    void begin(ByteBuf out);

    /**
     * Seals the packet that stands in {@code out} from index {@code start}, the writer index when {@link #begin} was called,
     * to the writer index: encrypts it in place. Packets must reach the other side in the order in which they were sealed.
     *
     * @throws IllegalArgumentException if what stands there is too short for a packet
     */
    void seal(ByteBuf out, int start);
}
