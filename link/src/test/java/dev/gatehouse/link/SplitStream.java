package dev.gatehouse.link;

import io.grpc.HasByteBuffer;
import io.grpc.KnownLength;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Bytes that lie in several buffers, as gRPC gives a frame that came in several reads. */
class SplitStream extends InputStream implements KnownLength {

    private final Deque<ByteBuffer> buffers = new ArrayDeque<>();

    /** A stream without access to its buffers. */
    static SplitStream of(byte[] bytes, int... cuts) {
        return new SplitStream(bytes, cuts);
    }

    /** A stream that gives its buffers out. */
    static SplitStream withBuffers(byte[] bytes, int... cuts) {
        return new WithBuffers(bytes, cuts);
    }

    private SplitStream(byte[] bytes, int... cuts) {
        int from = 0;
        for (int cut : cuts) {
            buffers.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, cut)));
            from = cut;
        }
        buffers.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, bytes.length)));
        dropEmpty();
    }

    @Override
    public int available() {
        return buffers.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    @Override
    public int read() {
        if (buffers.isEmpty()) {
            return -1;
        }
        int next = buffers.element().get() & 0xff;
        dropEmpty();
        return next;
    }

    @Override
    public int read(byte[] out, int offset, int count) {
        if (buffers.isEmpty()) {
            return -1;
        }
        int taken = Math.min(count, buffers.element().remaining());
        buffers.element().get(out, offset, taken);
        dropEmpty();
        return taken;
    }

    private void dropEmpty() {
        while (!buffers.isEmpty() && !buffers.element().hasRemaining()) {
            buffers.remove();
        }
    }

    private static final class WithBuffers extends SplitStream implements HasByteBuffer {

        WithBuffers(byte[] bytes, int... cuts) {
            super(bytes, cuts);
        }

        @Override
        public boolean byteBufferSupported() {
            return true;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return super.buffers.element().slice();
        }
    }
}
