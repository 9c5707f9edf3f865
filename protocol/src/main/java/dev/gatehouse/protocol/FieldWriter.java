package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Appends a payload's fields, one after the other, to a buffer. The format is that of {@link FieldReader}.
 *
 * <p>A value that its field can't hold is an {@link IllegalArgumentException}, which tells a number or a length and never a text;
 * nothing of that field has been written then. Not thread-safe.
 */
public final class FieldWriter {
    private static final int LENGTH_MAX = 0xFFFF;

    private final ByteBuf out;

    /** A writer that moves the buffer's writer index; it neither retains nor releases the buffer. */
    public FieldWriter(ByteBuf out) {
        this.out = out;
    }

    /** Writes one byte, 1 or 0. */
    public void bool(boolean value) {
        out.writeByte(value ? 1 : 0);
    }

    /** Writes one byte, -128..127. */
    public void s8(int value) {
        out.writeByte((int) checked(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
    }

    /** Writes one byte, 0..255. */
    public void u8(int value) {
        out.writeByte((int) checked(value, 0, 0xFF));
    }

    /** Writes two bytes, -32768..32767. */
    public void s16(int value) {
        out.writeShort((int) checked(value, Short.MIN_VALUE, Short.MAX_VALUE));
    }

    /** Writes two bytes, 0..65535. */
    public void u16(int value) {
        out.writeShort((int) checked(value, 0, 0xFFFF));
    }

    /** Writes three bytes, -8388608..8388607. */
    public void s24(int value) {
        out.writeMedium((int) checked(value, -0x80_0000, 0x7F_FFFF));
    }

    /** Writes three bytes, 0..16777215. */
    public void u24(int value) {
        out.writeMedium((int) checked(value, 0, 0xFF_FFFF));
    }

    /** Writes four bytes, any int. */
    public void s32(int value) {
        out.writeInt(value);
    }

    /** Writes four bytes, 0..4294967295. */
    public void u32(long value) {
        out.writeInt((int) checked(value, 0, 0xFFFF_FFFFL));
    }

    /** Writes eight bytes, any long. */
    public void s64(long value) {
        out.writeLong(value);
    }

    /** Writes eight bytes, the long taken as unsigned. */
    public void u64(long value) {
        out.writeLong(value);
    }

    /** Writes four bytes; a NaN or an infinity is written as it is, and reads as 0. */
    public void f32(float value) {
        out.writeFloat(value);
    }

    /** Writes eight bytes; a NaN or an infinity is written as it is, and reads as 0. */
    public void f64(double value) {
        out.writeDouble(value);
    }

    /** Writes a text of at most 65535 bytes in UTF-8; a lone surrogate is written as {@code ?}. */
    public void str(String value) {
        int length = checkedLength(ByteBufUtil.utf8Bytes(value), "bytes in UTF-8");
        out.writeShort(length);
        ByteBufUtil.reserveAndWriteUtf8(out, value, length);
    }

    /** Writes at most 65535 bytes. */
    public void bytes(byte[] value) {
        out.writeShort(checkedLength(value.length, "bytes"));
        out.writeBytes(value);
    }

    /** Writes at most 65535 elements, each by calling {@code element} once, in order. */
    public <T> void array(Collection<? extends T> values, BiConsumer<? super FieldWriter, ? super T> element) {
        out.writeShort(checkedLength(values.size(), "elements"));
        for (T value : values) {
            element.accept(this, value);
        }
    }

    private static long checked(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("value: " + value + " (expected: " + min + ".." + max + ")");
        }
        return value;
    }

    private static int checkedLength(int length, String unit) {
        if (length > LENGTH_MAX) {
            throw new IllegalArgumentException("value: " + length + " " + unit + " (expected: 0.." + LENGTH_MAX + ")");
        }
        return length;
    }
}
