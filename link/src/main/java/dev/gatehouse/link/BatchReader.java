package dev.gatehouse.link;

import io.grpc.KnownLength;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a batch that arrived, entry by entry, without an object an entry but for the rare ones: {@link #next}, then what
 * {@link #kind} says that there is. As a {@link Packet} this is the packet of a payload or a broadcast.
 *
 * <pre>{@code
 * batch: an entry after the other
 * +------+---------------+---------------------------------------------------+
 * | 0x0a | length varint | entry: length bytes                               |
 * |      |               | +------+-------------------+                      |
 * |      |               | | 0x08 | attachment varint |                      |
 * |      |               | +------+---------------+---+---+                  |
 * |      |               | | 0x12 | length varint | packet: length bytes |   |
 * |      |               | +------+---------------+----------------------+   |
 * +------+---------------+---------------------------------------------------+
 * }</pre>
 *
 * <p>One flyweight a descriptor: what it shows is valid only during {@code onMessage}, on that descriptor's thread.
 */
public final class BatchReader implements Packet {

    private static final int BYTES_USUAL = 16 << 10;
    private static final int ENTRIES = 1 << 3 | Wire.LENGTH_DELIMITED;
    private static final int ATTACHMENT = 1 << 3;
    private static final int PAYLOAD = 2 << 3 | Wire.LENGTH_DELIMITED;
    private static final int CREDIT = 3 << 3;
    private static final int OPEN = 4 << 3 | Wire.LENGTH_DELIMITED;
    private static final int CLOSE = 5 << 3 | Wire.LENGTH_DELIMITED;
    private static final int PING = 6 << 3;
    private static final int PONG = 7 << 3;
    private static final int HELLO = 8 << 3 | Wire.LENGTH_DELIMITED;
    private static final int GOAWAY = 9 << 3 | Wire.LENGTH_DELIMITED;
    private static final int BROADCAST = 10 << 3 | Wire.LENGTH_DELIMITED;

    private final int bytesMax;
    private final WireCursor batch = new WireCursor();
    private final WireCursor entry = new WireCursor();
    private final EntryFields fields = new EntryFields();
    private final BroadcastFields broadcast = new BroadcastFields();
    private byte[] bytes = new byte[BYTES_USUAL];

    private EntryKind kind = EntryKind.UNKNOWN;
    private long attachment;
    private long number;
    private int packetAt;
    private int packetLength;
    /** Which kinds that are messages of their own were in this entry. */
    private int messages;

    private @Nullable Object message;

    BatchReader(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Takes the batch that a stream holds. Never throws. */
    BatchReader parse(InputStream stream) {
        try {
            int length = readAll(stream);
            batch.open(bytes, 0, Math.max(0, length));
            if (length < 0) {
                batch.refuse();
            }
        } catch (IOException | RuntimeException e) {
            // A stream that gRPC decompresses can fail on hostile bytes.
            batch.refuse();
        }
        return this;
    }

    /** Goes to the next entry; false at the end, and at bytes that aren't one: see {@link #malformed}. */
    public boolean next() {
        while (batch.hasNext()) {
            int tag = batch.tag();
            if (tag != ENTRIES) {
                batch.skip(tag);
                continue;
            }
            int length = batch.skipDelimited();
            if (!batch.broken()) {
                parseEntry(batch.index() - length, batch.index());
            }
            return !batch.broken();
        }
        return false;
    }

    /** Whether the bytes, as far as was read, aren't a batch, or are too many. */
    public boolean malformed() {
        return batch.broken();
    }

    /** What this entry is. */
    public EntryKind kind() {
        return kind;
    }

    /** The number of the attachment that this entry is about. */
    public long attachment() {
        return attachment;
    }

    /** The bytes of a credit, 0..4294967295; the number of a ping or pong. */
    public long number() {
        return number;
    }

    /** What a hello says. */
    public Hello hello() {
        return (Hello) message(EntryKind.HELLO);
    }

    /** What an open says. */
    public Open open() {
        return (Open) message(EntryKind.OPEN);
    }

    /** What a close says. */
    public Close close() {
        return (Close) message(EntryKind.CLOSE);
    }

    /** How many attachments a broadcast lists; 0 means all. */
    public int targets() {
        return broadcast.targets();
    }

    /** The number of an attachment that a broadcast lists. */
    public long target(int index) {
        return broadcast.target(index);
    }

    @Override
    public int length() {
        return packetLength;
    }

    @Override
    public void readTo(ByteBuf out) {
        out.writeBytes(bytes, packetAt, packetLength);
    }

    private Object message(EntryKind wanted) {
        Object there = message;
        if (kind != wanted || there == null) {
            throw new IllegalStateException("entry: a " + kind + " (expected: a " + wanted + ")");
        }
        return there;
    }

    private void parseEntry(int from, int to) {
        entry.open(bytes, from, to);
        kind = EntryKind.UNKNOWN;
        attachment = 0;
        packetLength = 0;
        messages = 0;
        while (entry.hasNext()) {
            int tag = entry.tag();
            switch (tag) {
                case ATTACHMENT -> attachment = entry.varint();
                case PAYLOAD -> {
                    kind = EntryKind.PAYLOAD;
                    packetLength = entry.skipDelimited();
                    packetAt = entry.index() - packetLength;
                }
                case CREDIT -> number(EntryKind.CREDIT, entry.varint() & 0xffff_ffffL);
                case PING -> number(EntryKind.PING, entry.varint());
                case PONG -> number(EntryKind.PONG, entry.varint());
                case OPEN -> parseMessage(EntryKind.OPEN);
                case CLOSE -> parseMessage(EntryKind.CLOSE);
                case HELLO -> parseMessage(EntryKind.HELLO);
                case GOAWAY -> parseMessage(EntryKind.GOAWAY);
                case BROADCAST -> parseMessage(EntryKind.BROADCAST);
                default -> entry.skip(tag);
            }
        }
        if (entry.broken()) {
            batch.refuse();
        }
    }

    private void number(EntryKind newKind, long value) {
        kind = newKind;
        number = value;
    }

    private void parseMessage(EntryKind newKind) {
        int length = entry.skipDelimited();
        int from = entry.index() - length;
        // Whether two become one is up to the language, in protobuf; nobody writes that.
        int bit = 1 << newKind.ordinal();
        if (entry.broken() || (messages & bit) != 0) {
            entry.refuse();
            return;
        }
        messages |= bit;
        kind = newKind;
        if (newKind == EntryKind.BROADCAST) {
            if (broadcast.parse(bytes, from, from + length)) {
                packetAt = broadcast.packetAt();
                packetLength = broadcast.packetLength();
            } else {
                entry.refuse();
            }
            return;
        }
        fields.open(bytes, from, from + length);
        switch (newKind) {
            case HELLO -> message = fields.hello();
            case OPEN -> message = fields.opening();
            case CLOSE -> message = fields.close();
            default -> fields.nothing();
        }
        if (fields.broken()) {
            entry.refuse();
        }
    }

    /** Reads a whole batch and returns its length; -1 if it is too long. */
    private int readAll(InputStream stream) throws IOException {
        int length = 0;
        if (stream instanceof KnownLength) {
            length = stream.available();
            if (length > bytesMax) {
                return -1;
            }
            grow(length);
            return stream.readNBytes(bytes, 0, length);
        }
        while (length <= bytesMax) {
            if (length == bytes.length) {
                grow(length + 1);
            }
            int count = stream.read(bytes, length, bytes.length - length);
            if (count < 0) {
                return length;
            }
            length += count;
        }
        return -1;
    }

    private void grow(int needed) {
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), bytesMax + 1L));
        }
    }
}
