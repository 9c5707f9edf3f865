package dev.gatehouse.link;

/** The numbers of protobuf's wire format that a frame needs (protobuf.dev, "Encoding"). */
final class Wire {

    /** Field 1, a varint. */
    static final byte TYPE_TAG = 0x08;

    /** Field 2, length-delimited. */
    static final byte MESSAGE_TAG = 0x12;

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private Wire() {}

    /** Writes a non-negative number as a varint of at most 5 bytes and returns the index after it. */
    static int putVarint(byte[] out, int index, int value) {
        int at = index;
        int rest = value;
        while (rest > 0x7f) {
            out[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[at++] = (byte) rest;
        return at;
    }
}
