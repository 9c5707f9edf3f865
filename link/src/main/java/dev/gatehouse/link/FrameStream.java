package dev.gatehouse.link;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The encoded bytes of an outbound frame, as gRPC drains them: its head, then its body straight from the body's buffer. */
final class FrameStream extends InputStream implements KnownLength, Drainable {

    private final byte[] scratch;
    private byte[] head = new byte[0];
    private int headLength;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private int length;
    private int position;

    FrameStream(byte[] scratch) {
        this.scratch = scratch;
    }

    /** Puts this at the start of a frame, whatever it was before. */
    FrameStream open(OutboundFrame frame) {
        head = frame.head();
        headLength = frame.headLength();
        body = frame.body();
        length = frame.encodedLength();
        position = 0;
        return this;
    }

    @Override
    public int available() {
        return length - position;
    }

    @Override
    public int read() {
        if (position == length) {
            return -1;
        }
        int index = position++;
        return index < headLength ? head[index] & 0xff : body.getUnsignedByte(bodyIndex(index));
    }

    @Override
    public int read(byte[] out, int offset, int count) {
        if (count == 0) {
            return 0;
        }
        if (position == length) {
            return -1;
        }
        int wanted = Math.min(count, available());
        int fromHead = Math.max(0, Math.min(wanted, headLength - position));
        System.arraycopy(head, Math.min(position, headLength), out, offset, fromHead);
        position += fromHead;
        int fromBody = wanted - fromHead;
        if (fromBody > 0) {
            body.getBytes(bodyIndex(position), out, offset + fromHead, fromBody);
            position += fromBody;
        }
        return wanted;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        int drained = available();
        if (drained > scratch.length && body.hasArray()) {
            drainHead(target);
            target.write(body.array(), body.arrayOffset() + bodyIndex(position), available());
            position = length;
        } else if (length == headLength) {
            drainHead(target);
        } else {
            for (int count = read(scratch, 0, scratch.length); count > 0; count = read(scratch, 0, scratch.length)) {
                target.write(scratch, 0, count);
            }
        }
        return drained;
    }

    @Override
    public void close() {
        body = Unpooled.EMPTY_BUFFER;
        headLength = 0;
        length = 0;
        position = 0;
    }

    private void drainHead(OutputStream target) throws IOException {
        if (position < headLength) {
            target.write(head, position, headLength - position);
            position = headLength;
        }
    }

    private int bodyIndex(int index) {
        return body.readerIndex() + index - headLength;
    }
}
