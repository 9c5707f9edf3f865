package dev.gatehouse.link;

import io.netty.buffer.ByteBuf;

/**
 * One frame of the contract {@code gonet2}: a type and the bytes of its Message field.
 *
 * <pre>{@code
 * encoded protobuf; a field that has its default (type 0, no bytes) is left out
 * +------+-------------+------+---------------+------------------------+
 * | 0x08 | type varint | 0x12 | length varint | Message: length bytes  |
 * +------+-------------+------+---------------+------------------------+
 * Message of type 0:  | opcode s16 | payload |
 * }</pre>
 *
 * <p>A frame that arrives is a flyweight: valid only during {@code onMessage}, on the thread of its descriptor, and only until
 * {@code request} is called on another call of that thread (gRPC may deliver that call's next frame inside {@code request}). A
 * frame to send is an {@link OutboundFrame}.
 */
public abstract sealed class Frame implements Packet permits InboundFrame, OutboundFrame {

    /** Type of a packet. */
    public static final int MESSAGE = 0;

    /** Type of a frame by which a service ends the session. */
    public static final int KICK = 1;

    /** Type of a frame that a service sends back. */
    public static final int PING = 2;

    /** What {@link #type} says for bytes that aren't a frame, or for a frame whose length is over the descriptor's bound. */
    public static final int INVALID = -1;

    /** What {@link #type} says for a type that is negative on the wire, so that it can't be taken for {@link #INVALID}. */
    public static final int NEGATIVE = -2;

    Frame() {}

    /** The type: one of the constants here, or another positive number of the wire, which is an unknown type. */
    public abstract int type();

    /** Length of the Message field in bytes; 0 in a frame without one and in an invalid frame. */
    @Override
    public abstract int length();

    /**
     * Appends the bytes of the Message field to a buffer, which grows as needed. To be called once at most on a frame that
     * arrived.
     *
     * @throws IllegalStateException if the bytes of this frame were read already
     */
    @Override
    public abstract void readTo(ByteBuf out);
}
