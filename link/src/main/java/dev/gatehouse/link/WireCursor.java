package dev.gatehouse.link;

/**
 * Goes through bytes in protobuf's wire format. Bytes that no protobuf reader would take are refused, never thrown at: from then on
 * this is {@link #broken}, at its end, and reads zeros.
 */
final class WireCursor {

    private static final int GROUP_DEPTH_MAX = 100;
    private static final int VARINT_BYTES_MAX = 10;

    private byte[] bytes = new byte[0];
    private int index;
    private int end;
    private boolean broken;

    /** Puts this at a range of an array. */
    void open(byte[] array, int from, int to) {
        bytes = array;
        index = from;
        end = to;
        broken = false;
    }

    boolean broken() {
        return broken;
    }

    /** Whether fields are left to read. */
    boolean hasNext() {
        return !broken && index < end;
    }

    int index() {
        return index;
    }

    /** The next field's tag. */
    int tag() {
        return (int) varint();
    }

    long varint() {
        if (index < end && bytes[index] >= 0) {
            return bytes[index++];
        }
        return longVarint();
    }

    private long longVarint() {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX && index < end; i++) {
            byte next = bytes[index++];
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        refuse();
        return 0;
    }

    /** Goes over a length-delimited field and returns its length; it starts so far before {@link #index}. */
    int skipDelimited() {
        int length = (int) varint();
        advance(length);
        return broken ? 0 : length;
    }

    /** Goes over the field of a tag, whatever it is. */
    void skip(int tag) {
        skip(tag, 0);
    }

    /** What was read can't be. */
    void refuse() {
        broken = true;
        index = end;
    }

    private void skip(int tag, int depth) {
        if (tag >>> 3 == 0) {
            refuse();
            return;
        }
        switch (tag & 7) {
            case Wire.VARINT -> varint();
            case Wire.FIXED64 -> advance(Long.BYTES);
            case Wire.LENGTH_DELIMITED -> advance((int) varint());
            case Wire.START_GROUP -> skipGroup(tag >>> 3, depth + 1);
            case Wire.FIXED32 -> advance(Integer.BYTES);
            default -> refuse();
        }
    }

    private void skipGroup(int field, int depth) {
        int groupEnd = field << 3 | Wire.END_GROUP;
        while (!broken && depth <= GROUP_DEPTH_MAX) {
            int tag = tag();
            if (tag == groupEnd) {
                return;
            }
            skip(tag, depth);
        }
        refuse();
    }

    private void advance(int count) {
        if (count < 0 || count > end - index) {
            refuse();
            return;
        }
        index += count;
    }
}
