package dev.gatehouse.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A batch that is written entry by entry into one array, which is used again for the next batch: no object an entry. See {@link
 * BatchReader} for how the bytes lie.
 *
 * <p>Sent as a gRPC message its bytes are read when gRPC drains it, which is inside {@code sendMessage} of a server's call, and of a
 * client's call that has had something from the server. Until then a client sends a {@link #copy}. Belongs to one thread.
 */
public final class BatchWriter {

    /** The most that an entry takes beside a packet or its texts: tags, lengths, and varints of ten bytes. */
    private static final int HEAD_BYTES_MAX = 64;

    private static final int BYTES_USUAL = 16 << 10;
    private static final byte ENTRIES = 0x0a;
    private static final byte ATTACHMENT = 0x08;
    private static final byte PAYLOAD = 0x12;
    private static final byte CREDIT = 0x18;
    private static final byte OPEN = 0x22;
    private static final byte CLOSE = 0x2a;
    private static final byte PING = 0x30;
    private static final byte PONG = 0x38;
    private static final byte HELLO = 0x42;
    private static final byte GOAWAY = 0x4a;
    private static final byte BROADCAST = 0x52;

    private byte[] bytes;
    private int length;
    private int bytesMax = TrunkContract.BATCH_BYTES_MAX;

    /** An empty batch. */
    public BatchWriter() {
        this(new byte[BYTES_USUAL], 0);
    }

    private BatchWriter(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** Whether nothing was written since the last {@link #clear}. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** The length in bytes of what was written. */
    public int length() {
        return length;
    }

    /**
     * Keeps batches within what the other side takes, as its hello says; not below what the longest packet needs, and 0 counts as not
     * said.
     */
    public void keepTo(int batchBytesMax) {
        if (batchBytesMax > 0) {
            int least = TrunkContract.PACKET_BYTES_MAX + HEAD_BYTES_MAX;
            bytesMax = Math.clamp(batchBytesMax, least, TrunkContract.BATCH_BYTES_MAX);
        }
    }

    /** Whether an entry with so many bytes of packet, texts and numbers of attachments still fits in a batch. */
    public boolean fits(int entryBytes) {
        return length + entryBytes + HEAD_BYTES_MAX <= bytesMax;
    }

    /** Begins the next batch, once this one was sent. */
    public void clear() {
        length = 0;
    }

    /** A batch with bytes of its own. */
    public BatchWriter copy() {
        return new BatchWriter(Arrays.copyOf(bytes, length), length);
    }

    /** Appends a packet, which is the readable bytes of a buffer, opcode first; the buffer's indices don't move. */
    public void payload(long attachment, ByteBuf packet) {
        int count = packet.readableBytes();
        beginPayload(attachment, count);
        packet.getBytes(packet.readerIndex(), bytes, length, count);
        length += count;
    }

    /** Appends a packet of an opcode, its low 16 bits, and the readable bytes of a buffer, whose indices don't move. */
    public void payload(long attachment, int opcode, ByteBuf payload) {
        int count = payload.readableBytes();
        beginPayload(attachment, Short.BYTES + count);
        bytes[length++] = (byte) (opcode >>> 8);
        bytes[length++] = (byte) opcode;
        payload.getBytes(payload.readerIndex(), bytes, length, count);
        length += count;
    }

    /** Appends the packet of a frame. */
    public void payload(long attachment, OutboundFrame frame) {
        int count = frame.length();
        beginPayload(attachment, count);
        frame.getMessage(bytes, length);
        length += count;
    }

    /** Appends a credit of so many bytes. */
    public void credit(long attachment, int credit) {
        number(attachment, CREDIT, credit);
    }

    /** Appends a ping of a number. */
    public void ping(long number) {
        number(0, PING, number);
    }

    /** Appends the answer to a ping. */
    public void pong(long number) {
        number(0, PONG, number);
    }

    /** Appends an open. */
    public void open(long attachment, Introduction session, String service, long ringEpoch, long ringVersion) {
        byte[] shared = session.encoded();
        byte[] name = service.getBytes(UTF_8);
        int rest = 1 + Wire.varintLength(name.length) + name.length;
        rest += ringEpoch == 0 ? 0 : 1 + Wire.varintLength(ringEpoch);
        rest += ringVersion == 0 ? 0 : 1 + Wire.varintLength(ringVersion);
        beginMessage(attachment, OPEN, shared.length + rest);
        append(shared);
        text(2, name);
        optional(5, ringEpoch);
        optional(6, ringVersion);
    }

    /** Appends a close; a text that is too long is cut. */
    public void close(long attachment, CloseCode code, String text) {
        byte[] why = cut(text.getBytes(UTF_8));
        int codeBytes = code.number() == 0 ? 0 : 2;
        int textBytes = why.length == 0 ? 0 : 1 + Wire.varintLength(why.length) + why.length;
        beginMessage(attachment, CLOSE, codeBytes + textBytes);
        optional(1, code.number());
        if (why.length > 0) {
            text(2, why);
        }
    }

    /** Appends a hello. */
    public void hello(Hello hello) {
        byte[] name = hello.name().getBytes(UTF_8);
        int[] numbers = {hello.version(), hello.batchBytesMax(), hello.payloadBytesMax(), hello.initialCredit()};
        int size = 1 + Wire.varintLength(name.length) + name.length;
        for (int number : numbers) {
            size += number == 0 ? 0 : 1 + Wire.varintLength(number);
        }
        beginMessage(0, HELLO, size);
        text(1, name);
        for (int i = 0; i < numbers.length; i++) {
            optional(2 + i, numbers[i]);
        }
    }

    /** Appends a goaway. */
    public void goaway() {
        beginMessage(0, GOAWAY, 0);
    }

    /**
     * Appends a broadcast of a packet.
     *
     * @param attachments for whom, as many as {@code count} says; none means for all
     */
    public void broadcast(long[] attachments, int count, OutboundFrame packet) {
        int packed = 0;
        for (int i = 0; i < count; i++) {
            packed += Wire.varintLength(attachments[i]);
        }
        int list = count == 0 ? 0 : 1 + Wire.varintLength(packed) + packed;
        int packetBytes = packet.length();
        beginMessage(0, BROADCAST, list + 1 + Wire.varintLength(packetBytes) + packetBytes);
        if (count > 0) {
            bytes[length++] = 1 << 3 | Wire.LENGTH_DELIMITED;
            varint(packed);
            for (int i = 0; i < count; i++) {
                varint(attachments[i]);
            }
        }
        bytes[length++] = 2 << 3 | Wire.LENGTH_DELIMITED;
        varint(packetBytes);
        packet.getMessage(bytes, length);
        length += packetBytes;
    }

    byte[] bytes() {
        return bytes;
    }

    private void beginPayload(long attachment, int packetBytes) {
        beginMessage(attachment, PAYLOAD, packetBytes);
    }

    /** Writes all that stands before the bytes of a length-delimited field, and makes room for them. */
    private void beginMessage(long attachment, byte tag, int size) {
        beginEntry(attachment, 1 + Wire.varintLength(size) + size);
        bytes[length++] = tag;
        varint(size);
    }

    private void number(long attachment, byte tag, long number) {
        beginEntry(attachment, 1 + Wire.varintLength(number));
        bytes[length++] = tag;
        varint(number);
    }

    private void beginEntry(long attachment, int fieldBytes) {
        int size = fieldBytes + (attachment == 0 ? 0 : 1 + Wire.varintLength(attachment));
        ensure(size + HEAD_BYTES_MAX);
        bytes[length++] = ENTRIES;
        varint(size);
        if (attachment != 0) {
            bytes[length++] = ATTACHMENT;
            varint(attachment);
        }
    }

    private void optional(int field, long number) {
        if (number != 0) {
            bytes[length++] = (byte) (field << 3);
            varint(number);
        }
    }

    private void text(int field, byte[] text) {
        bytes[length++] = (byte) (field << 3 | Wire.LENGTH_DELIMITED);
        varint(text.length);
        append(text);
    }

    private void append(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private void varint(long number) {
        length = Wire.putVarint(bytes, length, number);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }

    /** The text, or a start of it that is UTF-8 too. */
    private static byte[] cut(byte[] text) {
        if (text.length <= Close.TEXT_BYTES_MAX) {
            return text;
        }
        int end = Close.TEXT_BYTES_MAX;
        while ((text[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(text, end);
    }
}
