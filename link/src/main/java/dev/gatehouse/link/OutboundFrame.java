package dev.gatehouse.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * A frame to send, in one of two forms.
 *
 * <p>A <b>view</b> is a reusable flyweight that points into the caller's buffer: fill it with {@link #message}, {@link #packet},
 * {@link #kick} or {@link #ping}, send it, use it again. It never releases the buffer nor moves its indices. Its bytes are read
 * when gRPC drains the message, which is inside {@code sendMessage} if
 * <ul>
 *   <li>it is a server's call, always;
 *   <li>it is a client's call with {@code isReady()} true, on a channel with retries off ({@code disableRetry()}): ready means that
 *       the stream is on a transport, no delayed stream is between, and {@code MessageFramer} copies the message into its buffer
 *       before it returns. A call that isn't ready yet may be waiting for a transport and keeps the message for later.
 * </ul>
 *
 * <p>An <b>owned copy</b>, made by {@link #copy}, has encoded bytes of its own on the heap, can be sent whenever and needs no
 * release: for a client's call that isn't ready, and for queues.
 *
 * <p>A view belongs to one thread; a copy is immutable.
 */
public final class OutboundFrame extends Frame {

    /** Longest head: type tag and varint, message tag and varint, opcode. */
    private static final int HEAD_BYTES_MAX = 2 + 1 + 5 + Short.BYTES;

    private final byte[] head;
    private final boolean owned;
    private int headLength;
    private int messageAt;
    private int type;
    private ByteBuf body;

    /** Makes a view, which is a frame of type Message without bytes until it is filled. */
    public OutboundFrame() {
        this(new byte[HEAD_BYTES_MAX], 0, 0, MESSAGE, false);
    }

    private OutboundFrame(byte[] head, int headLength, int messageAt, int type, boolean owned) {
        this.head = head;
        this.headLength = headLength;
        this.messageAt = messageAt;
        this.type = type;
        this.owned = owned;
        this.body = Unpooled.EMPTY_BUFFER;
    }

    /** Makes this a packet whose opcode and payload are the readable bytes of a buffer. */
    public OutboundFrame message(ByteBuf message) {
        return fill(MESSAGE, message.readableBytes(), message);
    }

    /**
     * Makes this a packet of an opcode and the readable bytes of a payload.
     *
     * @param opcode written as s16: its low 16 bits
     */
    public OutboundFrame packet(int opcode, ByteBuf payload) {
        fill(MESSAGE, Short.BYTES + payload.readableBytes(), payload);
        head[headLength++] = (byte) (opcode >>> 8);
        head[headLength++] = (byte) opcode;
        return this;
    }

    /** Makes this a Kick. */
    public OutboundFrame kick() {
        return fill(KICK, 0, Unpooled.EMPTY_BUFFER);
    }

    /** Makes this a Ping with the readable bytes of a buffer, which the service sends back. */
    public OutboundFrame ping(ByteBuf message) {
        return fill(PING, message.readableBytes(), message);
    }

    /** An owned copy of this frame. */
    public OutboundFrame copy() {
        if (owned) {
            return this;
        }
        byte[] encoded = Arrays.copyOf(head, encodedLength());
        body.getBytes(body.readerIndex(), encoded, headLength, body.readableBytes());
        return new OutboundFrame(encoded, encoded.length, messageAt, type, true);
    }

    /** Length of the whole frame on the wire in bytes. */
    public int encodedLength() {
        return headLength + body.readableBytes();
    }

    @Override
    public int type() {
        return type;
    }

    @Override
    public int length() {
        return encodedLength() - messageAt;
    }

    @Override
    public void readTo(ByteBuf out) {
        out.writeBytes(head, messageAt, headLength - messageAt);
        out.writeBytes(body, body.readerIndex(), body.readableBytes());
    }

    /** Puts the bytes of the Message field, {@link #length} of them, into an array. */
    void getMessage(byte[] out, int at) {
        int fromHead = headLength - messageAt;
        System.arraycopy(head, messageAt, out, at, fromHead);
        body.getBytes(body.readerIndex(), out, at + fromHead, body.readableBytes());
    }

    /** Whether this is an owned copy, so whether its stream may outlive the call that sends it. */
    boolean owned() {
        return owned;
    }

    byte[] head() {
        return head;
    }

    int headLength() {
        return headLength;
    }

    ByteBuf body() {
        return body;
    }

    private OutboundFrame fill(int newType, int length, ByteBuf newBody) {
        if (owned) {
            throw new IllegalStateException("an owned copy can't be filled again");
        }
        type = newType;
        body = newBody;
        headLength = 0;
        if (newType != MESSAGE) {
            head[headLength++] = Wire.TYPE_TAG;
            head[headLength++] = (byte) newType;
        }
        if (length > 0) {
            head[headLength++] = Wire.MESSAGE_TAG;
            headLength = Wire.putVarint(head, headLength, length);
        }
        messageAt = headLength;
        return this;
    }
}
