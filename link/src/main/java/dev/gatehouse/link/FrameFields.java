package dev.gatehouse.link;

/**
 * Reads a whole encoded frame by protobuf's rules, whatever its order: of a repeated field the last one wins, a field that isn't
 * ours, or that is ours with another wire type, is skipped, groups included. Bytes that no protobuf reader would take are
 * refused, never thrown at.
 */
final class FrameFields {

    private static final int TYPE_FIELD = 1;
    private static final int MESSAGE_FIELD = 2;
    private static final int GROUP_DEPTH_MAX = 100;
    private static final int VARINT_BYTES_MAX = 10;

    private byte[] bytes = new byte[0];
    private int index;
    private int end;
    private boolean broken;
    private int type;
    private int messageAt;
    private int messageLength;

    /** Reads the first bytes of an array as a frame; false if they aren't one. */
    boolean parse(byte[] encoded, int length) {
        bytes = encoded;
        index = 0;
        end = length;
        broken = false;
        type = Frame.MESSAGE;
        messageAt = 0;
        messageLength = 0;
        while (!broken && index < end) {
            parseField();
        }
        return !broken;
    }

    /** The type's number, any of 32 bits. */
    int type() {
        return type;
    }

    /** Where the message starts in the array. */
    int messageAt() {
        return messageAt;
    }

    /** The message's length in bytes. */
    int messageLength() {
        return messageLength;
    }

    private void parseField() {
        int tag = (int) varint();
        int field = tag >>> 3;
        int wireType = tag & 7;
        if (field == TYPE_FIELD && wireType == Wire.VARINT) {
            type = (int) varint();
        } else if (field == MESSAGE_FIELD && wireType == Wire.LENGTH_DELIMITED) {
            int length = (int) varint();
            messageAt = index;
            messageLength = length;
            advance(length);
        } else {
            skip(tag, 0);
        }
    }

    private void skip(int tag, int depth) {
        if (tag >>> 3 == 0) {
            broken = true;
            return;
        }
        switch (tag & 7) {
            case Wire.VARINT -> varint();
            case Wire.FIXED64 -> advance(Long.BYTES);
            case Wire.LENGTH_DELIMITED -> advance((int) varint());
            case Wire.START_GROUP -> skipGroup(tag >>> 3, depth + 1);
            case Wire.FIXED32 -> advance(Integer.BYTES);
            default -> broken = true;
        }
    }

    private void skipGroup(int field, int depth) {
        int groupEnd = field << 3 | Wire.END_GROUP;
        while (!broken && depth <= GROUP_DEPTH_MAX) {
            int tag = (int) varint();
            if (tag == groupEnd) {
                return;
            }
            skip(tag, depth);
        }
        broken = true;
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX && index < end; i++) {
            byte next = bytes[index++];
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        broken = true;
        return 0;
    }

    private void advance(int count) {
        if (count < 0 || count > end - index) {
            broken = true;
            return;
        }
        index += count;
    }
}
