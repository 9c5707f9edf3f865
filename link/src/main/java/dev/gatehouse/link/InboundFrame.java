package dev.gatehouse.link;

import io.grpc.HasByteBuffer;
import io.grpc.KnownLength;
import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The flyweight of frames that arrive, of one descriptor and on its thread.
 *
 * <p>The usual frame is a type and a message that is all the rest: then only the head is read here, and {@link #readTo} copies the
 * message from gRPC's own buffer. Any other order is read whole into an array and given to {@link FrameFields}.
 */
final class InboundFrame extends Frame {

    /** Bytes of a length varint that the short way takes: up to 2 MiB. */
    private static final int LENGTH_VARINT_BYTES = 3;

    private final int messageBytesMax;
    private final byte[] scratch;
    private final FrameFields fields = new FrameFields();

    private InputStream in = InputStream.nullInputStream();
    private byte[] held;
    private int heldLength;
    private int type;
    private int length;
    private boolean streamed;
    private boolean read;

    InboundFrame(int messageBytesMax, byte[] scratch) {
        this.messageBytesMax = messageBytesMax;
        this.scratch = scratch;
        held = scratch;
    }

    /** Puts this at the frame that a stream holds; the stream must stay open while this is used. Never throws. */
    InboundFrame parse(InputStream stream) {
        in = stream;
        held = scratch;
        heldLength = 0;
        read = false;
        try {
            streamed = stream instanceof KnownLength && parseHead();
            if (!streamed) {
                parseWhole();
            }
        } catch (IOException | RuntimeException e) {
            // A stream that gRPC decompresses can fail on hostile bytes.
            become(INVALID, 0);
        }
        return this;
    }

    @Override
    public int type() {
        return type;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void readTo(ByteBuf out) {
        if (read) {
            throw new IllegalStateException("the frame was read already");
        }
        read = true;
        if (!streamed) {
            out.writeBytes(held, fields.messageAt(), length);
            return;
        }
        try {
            copyTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a head that is followed by the message alone; false if it is anything else, what was read is held then. */
    private boolean parseHead() throws IOException {
        int tag = hold();
        int newType = MESSAGE;
        if (tag == Wire.TYPE_TAG) {
            newType = hold();
            tag = newType < 0 || newType > 0x7f ? newType : hold();
            if (newType < 0 || newType > 0x7f) {
                return false;
            }
        }
        int newLength = tag == Wire.MESSAGE_TAG ? holdLength() : 0;
        if ((tag >= 0 && tag != Wire.MESSAGE_TAG) || newLength != in.available() || newLength > messageBytesMax) {
            return false;
        }
        become(newType, newLength);
        return true;
    }

    private int holdLength() throws IOException {
        int value = 0;
        for (int i = 0; i < LENGTH_VARINT_BYTES; i++) {
            int next = hold();
            if (next < 0) {
                return -1;
            }
            value |= (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        return -1;
    }

    private int hold() throws IOException {
        int next = in.read();
        if (next >= 0) {
            held[heldLength++] = (byte) next;
        }
        return next;
    }

    private void parseWhole() throws IOException {
        if (!holdRest() || !fields.parse(held, heldLength) || fields.messageLength() > messageBytesMax) {
            become(INVALID, 0);
            return;
        }
        become(fields.type() < 0 ? NEGATIVE : fields.type(), fields.messageLength());
    }

    /** Reads all that is left; false if the frame is longer than its bound. */
    private boolean holdRest() throws IOException {
        int bound = messageBytesMax + Gonet2Contract.OVERHEAD_BYTES_MAX;
        while (heldLength <= bound) {
            if (heldLength == held.length) {
                held = Arrays.copyOf(held, (int) Math.min(2L * held.length, bound + 1L));
            }
            int count = in.read(held, heldLength, held.length - heldLength);
            if (count < 0) {
                return true;
            }
            heldLength += count;
        }
        return false;
    }

    private void become(int newType, int newLength) {
        type = newType;
        length = newLength;
    }

    private void copyTo(ByteBuf out) throws IOException {
        out.ensureWritable(length);
        if (out.hasArray()) {
            readFully(out.array(), out.arrayOffset() + out.writerIndex(), length);
            out.writerIndex(out.writerIndex() + length);
            return;
        }
        // Getting gRPC's own ByteBuffer makes an object, which pays only when the copy that it saves is long.
        int rest = length;
        if (rest > scratch.length && in instanceof HasByteBuffer direct && direct.byteBufferSupported()) {
            rest = copyDirect(direct, out);
        }
        while (rest > 0) {
            int count = Math.min(rest, scratch.length);
            readFully(scratch, 0, count);
            out.writeBytes(scratch, 0, count);
            rest -= count;
        }
    }

    /** Copies from gRPC's own buffers, one after the other, and returns how many bytes it didn't get that way. */
    private int copyDirect(HasByteBuffer direct, ByteBuf out) throws IOException {
        int rest = length;
        while (rest > 0) {
            ByteBuffer chunk = direct.getByteBuffer();
            if (chunk == null || !chunk.hasRemaining()) {
                break;
            }
            int count = Math.min(rest, chunk.remaining());
            out.writeBytes(chunk.limit(chunk.position() + count));
            in.skipNBytes(count);
            rest -= count;
        }
        return rest;
    }

    private void readFully(byte[] out, int offset, int count) throws IOException {
        if (in.readNBytes(out, offset, count) != count) {
            throw new EOFException("the stream ended within the frame");
        }
    }
}
