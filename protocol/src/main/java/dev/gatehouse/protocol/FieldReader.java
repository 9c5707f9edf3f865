package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a payload's fields, one after the other, from a buffer's reader index on. Integers are big-endian.
 *
 * <pre>
 * bool     1 byte, 1 is true and all else false    f32, f64   IEEE 754; NaN and infinities read as 0
 * s8..s64  two's complement                        str        | length u16 | UTF-8 bytes |
 * u8..u64  unsigned                                bytes      | length u16 | bytes |
 * s24 u24  3 bytes                                 array      | count u16  | elements |
 * </pre>
 *
 * <p>Every method throws {@link BadPacketException} with PROTOCOL_ERROR when the buffer ends before the field does; what a length
 * or a count claims is never allocated before it is there. Results are copies, so they outlive the buffer. Not thread-safe.
 */
public final class FieldReader {
    private final ByteBuf in;

    /** A reader that moves the buffer's reader index; it neither retains nor releases the buffer. */
    public FieldReader(ByteBuf in) {
        this.in = in;
    }

    /** How many bytes are left. */
    public int remaining() {
        return in.readableBytes();
    }

    /** Reads one byte: 1 is true, everything else false. */
    public boolean bool() {
        return s8() == 1;
    }

    /** Reads one byte, -128..127. */
    public byte s8() {
        return need(1).readByte();
    }

    /** Reads one byte, 0..255. */
    public int u8() {
        return need(1).readUnsignedByte();
    }

    /** Reads two bytes, signed. */
    public short s16() {
        return need(2).readShort();
    }

    /** Reads two bytes, 0..65535. */
    public int u16() {
        return need(2).readUnsignedShort();
    }

    /** Reads three bytes, signed. */
    public int s24() {
        return need(3).readMedium();
    }

    /** Reads three bytes, 0..16777215. */
    public int u24() {
        return need(3).readUnsignedMedium();
    }

    /** Reads four bytes, signed. */
    public int s32() {
        return need(4).readInt();
    }

    /** Reads four bytes, 0..4294967295. */
    public long u32() {
        return need(4).readUnsignedInt();
    }

    /** Reads eight bytes, signed. */
    public long s64() {
        return need(8).readLong();
    }

    /** Reads eight bytes, unsigned: above {@link Long#MAX_VALUE} the long is negative, see {@link Long#toUnsignedString(long)}. */
    public long u64() {
        return need(8).readLong();
    }

    /** Reads four bytes as a float, finite: a NaN or an infinity reads as 0. */
    public float f32() {
        float value = need(4).readFloat();
        return Float.isFinite(value) ? value : 0;
    }

    /** Reads eight bytes as a double, finite: a NaN or an infinity reads as 0. */
    public double f64() {
        double value = need(8).readDouble();
        return Double.isFinite(value) ? value : 0;
    }

    /**
     * Reads a text of at most 65535 bytes. Bytes that aren't UTF-8 read as U+FFFD: existing clients send device names in whatever
     * encoding their system has, and that is no reason to end a session. So two texts that differ on the wire may read the
     * same; what has to be told apart byte by byte is {@link #bytes()}.
     */
    public String str() {
        int length = u16();
        return need(length).readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    /** Reads at most 65535 bytes. */
    public byte[] bytes() {
        int length = u16();
        need(length);
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    /** Reads at most 65535 elements, each by calling {@code element} once, in order. The list can't be changed. */
    public <T> List<T> array(Function<? super FieldReader, ? extends T> element) {
        int count = u16();
        // An element has a byte at least, in any sane format: more can't be there, whatever the count claims.
        List<T> elements = new ArrayList<>(Math.min(count, in.readableBytes()));
        for (int read = 0; read < count; read++) {
            elements.add(element.apply(this));
        }
        return List.copyOf(elements);
    }

    private ByteBuf need(int bytes) {
        if (in.readableBytes() < bytes) {
            throw new BadPacketException(
                    EndReason.PROTOCOL_ERROR,
                    "truncated field: " + in.readableBytes() + " bytes (expected: " + bytes + ")");
        }
        return in;
    }
}
