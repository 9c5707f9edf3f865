package dev.gatehouse.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;

/** Reads the entries that are messages of their own; they are rare, and become objects. */
final class EntryFields {

    private static final int FIELD_1_VARINT = 1 << 3;
    private static final int FIELD_1_BYTES = 1 << 3 | Wire.LENGTH_DELIMITED;
    private static final int FIELD_2_VARINT = 2 << 3;
    private static final int FIELD_2_BYTES = 2 << 3 | Wire.LENGTH_DELIMITED;
    private static final int FIELD_3_VARINT = 3 << 3;
    private static final int FIELD_3_BYTES = 3 << 3 | Wire.LENGTH_DELIMITED;
    private static final int FIELD_4_VARINT = 4 << 3;
    private static final int FIELD_4_BYTES = 4 << 3 | Wire.LENGTH_DELIMITED;
    private static final int FIELD_5_VARINT = 5 << 3;
    private static final int FIELD_6_VARINT = 6 << 3;

    private final WireCursor cursor = new WireCursor();
    private final WireCursor inner = new WireCursor();
    private byte[] bytes = new byte[0];

    /** Puts this at the bytes of one message. */
    void open(byte[] array, int from, int to) {
        bytes = array;
        cursor.open(array, from, to);
    }

    /** Whether what was read isn't a message of its kind. */
    boolean broken() {
        return cursor.broken();
    }

    Hello hello() {
        String name = "";
        long[] numbers = new long[4];
        while (cursor.hasNext()) {
            int tag = cursor.tag();
            switch (tag) {
                case FIELD_1_BYTES -> name = text(cursor);
                case FIELD_2_VARINT, FIELD_3_VARINT, FIELD_4_VARINT, FIELD_5_VARINT ->
                    numbers[(tag >>> 3) - 2] = cursor.varint();
                default -> cursor.skip(tag);
            }
        }
        return new Hello(name, clamped(numbers[0]), clamped(numbers[1]), clamped(numbers[2]), clamped(numbers[3]));
    }

    Open opening() {
        long user = 0;
        String service = "";
        String remoteAddress = "";
        Map<String, String> attributes = new HashMap<>();
        long epoch = 0;
        long version = 0;
        while (cursor.hasNext()) {
            int tag = cursor.tag();
            switch (tag) {
                case FIELD_1_VARINT -> user = zigzag(cursor.varint());
                case FIELD_2_BYTES -> service = text(cursor);
                case FIELD_3_BYTES -> remoteAddress = text(cursor);
                case FIELD_4_BYTES -> attribute(attributes);
                case FIELD_5_VARINT -> epoch = cursor.varint();
                case FIELD_6_VARINT -> version = cursor.varint();
                default -> cursor.skip(tag);
            }
        }
        return new Open(user, service, remoteAddress, attributes, epoch, version);
    }

    Close close() {
        int code = 0;
        String text = "";
        while (cursor.hasNext()) {
            int tag = cursor.tag();
            switch (tag) {
                case FIELD_1_VARINT -> code = (int) cursor.varint();
                case FIELD_2_BYTES -> text = text(cursor);
                default -> cursor.skip(tag);
            }
        }
        return new Close(code, text);
    }

    /** Goes over a message without fields. */
    void nothing() {
        while (cursor.hasNext()) {
            cursor.skip(cursor.tag());
        }
    }

    /** A u32, which what we do with it bounds to an int. */
    private static int clamped(long number) {
        return (int) Math.min(Integer.MAX_VALUE, number & 0xffff_ffffL);
    }

    private static long zigzag(long encoded) {
        return (encoded >>> 1) ^ -(encoded & 1);
    }

    private void attribute(Map<String, String> attributes) {
        int length = cursor.skipDelimited();
        inner.open(bytes, cursor.index() - length, cursor.index());
        String key = "";
        String value = "";
        while (!cursor.broken() && inner.hasNext()) {
            int tag = inner.tag();
            switch (tag) {
                case FIELD_1_BYTES -> key = text(inner);
                case FIELD_2_BYTES -> value = text(inner);
                default -> inner.skip(tag);
            }
        }
        if (inner.broken()) {
            cursor.refuse();
        }
        attributes.put(key, value);
    }

    /** A text; protobuf refuses what isn't UTF-8. */
    private String text(WireCursor from) {
        int length = from.skipDelimited();
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from.index() - length, length))
                    .toString();
        } catch (CharacterCodingException e) {
            from.refuse();
            return "";
        }
    }
}
