package dev.gatehouse.link;

/** The numbers of protobuf's wire format that the contracts need (protobuf.dev, "Encoding"). */
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

    /** How many bytes a number takes as a varint, read as unsigned. */
    static int varintLength(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    /** Writes a number, read as unsigned, as a varint of at most 10 bytes and returns the index after it. */
    static int putVarint(byte[] out, int index, long value) {
        int at = index;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[at++] = (byte) rest;
        return at;
    }
}
