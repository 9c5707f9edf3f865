package dev.gatehouse.link;

import java.util.Arrays;

/** Reads a broadcast entry: its packet stays where it is, and the numbers of its attachments go to an array that is used again. */
final class BroadcastFields {

    private static final int ATTACHMENT = 1 << 3;
    private static final int ATTACHMENTS = 1 << 3 | Wire.LENGTH_DELIMITED;
    private static final int PAYLOAD = 2 << 3 | Wire.LENGTH_DELIMITED;
    private static final int TARGETS_USUAL = 16;

    private final WireCursor cursor = new WireCursor();
    private final WireCursor packed = new WireCursor();
    private long[] targets = new long[TARGETS_USUAL];
    private int count;
    private int packetAt;
    private int packetLength;

    /** Reads a range of an array; false if it isn't a broadcast. */
    boolean parse(byte[] bytes, int from, int to) {
        cursor.open(bytes, from, to);
        count = 0;
        packetLength = 0;
        while (cursor.hasNext()) {
            int tag = cursor.tag();
            switch (tag) {
                case ATTACHMENT -> add(cursor.varint());
                case ATTACHMENTS -> addAll(bytes, cursor.skipDelimited());
                case PAYLOAD -> {
                    packetLength = cursor.skipDelimited();
                    packetAt = cursor.index() - packetLength;
                }
                default -> cursor.skip(tag);
            }
        }
        return !cursor.broken();
    }

    int targets() {
        return count;
    }

    long target(int index) {
        return targets[index];
    }

    int packetAt() {
        return packetAt;
    }

    int packetLength() {
        return packetLength;
    }

    private void addAll(byte[] bytes, int length) {
        packed.open(bytes, cursor.index() - length, cursor.index());
        while (packed.hasNext()) {
            long target = packed.varint();
            if (packed.broken()) {
                cursor.refuse();
            } else {
                add(target);
            }
        }
    }

    private void add(long target) {
        if (count == targets.length) {
            targets = Arrays.copyOf(targets, 2 * count);
        }
        targets[count++] = target;
    }
}
