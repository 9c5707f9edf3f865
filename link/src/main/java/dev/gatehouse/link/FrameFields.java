package dev.gatehouse.link;

/**
 * Reads a whole encoded frame by protobuf's rules, whatever its order: of a repeated field the last one wins, a field that isn't
 * ours, or that is ours with another wire type, is skipped, groups included. Bytes that no protobuf reader would take are
 * refused, never thrown at.
 */
final class FrameFields {

    private final WireCursor cursor = new WireCursor();
    private int type;
    private int messageAt;
    private int messageLength;

    /** Reads the first bytes of an array as a frame; false if they aren't one. */
    boolean parse(byte[] encoded, int length) {
        cursor.open(encoded, 0, length);
        type = Frame.MESSAGE;
        messageAt = 0;
        messageLength = 0;
        while (cursor.hasNext()) {
            parseField();
        }
        return !cursor.broken();
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
        int tag = cursor.tag();
        switch (tag) {
            case Wire.TYPE_TAG -> type = (int) cursor.varint();
            case Wire.MESSAGE_TAG -> {
                messageLength = cursor.skipDelimited();
                messageAt = cursor.index() - messageLength;
            }
            default -> cursor.skip(tag);
        }
    }
}
