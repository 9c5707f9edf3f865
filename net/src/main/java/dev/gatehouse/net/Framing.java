package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;

/**
 * How messages are laid on a connection's bytes: a question to a buffer (where does the next frame start and end, what is
 * skipped around it, or is more needed?) and, for the way out, what stands around a payload.
 *
 * <p>A framing has no state and may be shared by any number of connections; what it must remember between two questions
 * (how far it has looked) lives in the connection's {@link Cut}. It is called on the connection's event loop, must not
 * block, and never takes or releases a buffer. The formats of the built-in ones are those of PROTOCOLS.md, section 1; a
 * framing of your own implements the same methods.
 */
public interface Framing {
    /**
     * Looks for the next frame between the buffer's reader and writer index, without moving them.
     *
     * @return what {@link Cut#found} or {@link Cut#more} returned
     * @throws FramingException if the bytes can never become a frame within the limit
     */
    boolean next(ByteBuf in, Cut cut);

    /** Writes what stands before a payload; by default nothing. */
    default void begin(ByteBuf out) {}

    /**
     * Completes a frame that stands in {@code out} from index {@code start}, where {@link #begin} was called, to the writer
     * index: fills in a length, appends a delimiter; by default nothing.
     *
     * @throws IllegalArgumentException if the payload can't be framed: too large, or it contains the delimiter
     */
    default void end(ByteBuf out, int start) {}

    /** Messages that end with one byte, which is not delivered; a payload never contains it. */
    static Framing delimited(byte delimiter, int frameBytesMax) {
        return new DelimiterFraming(delimiter, false, frameBytesMax);
    }

    /** Lines that end with {@code \n}; a {@code \r} before it is dropped too. Outgoing lines end with {@code \n}. */
    static Framing lines(int frameBytesMax) {
        return new DelimiterFraming((byte) '\n', true, frameBytesMax);
    }

    /** One message: everything until the peer closes its sending side. Outgoing messages are written as they are. */
    static Framing untilEof(int frameBytesMax) {
        return new UntilEofFraming(frameBytesMax);
    }

    /** An unsigned big-endian length of {@code lengthBytes} (1..4) that counts the payload alone, then the payload. */
    static Framing lengthPrefixed(int lengthBytes, int frameBytesMax) {
        return new LengthFraming(lengthBytes, frameBytesMax);
    }

    /**
     * A 12-byte header (type u32, other u32, length of the body u32), then the body. The payload is both: header and body;
     * on the way out the length is filled in.
     */
    static Framing typed(int bodyBytesMax) {
        return new TypedFraming(bodyBytesMax);
    }

    /** Exactly {@code frameBytes} bytes (at least 1) a message, with nothing around them. */
    static Framing fixed(int frameBytes) {
        return new FixedFraming(frameBytes);
    }
}
