package dev.gatehouse.link;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The bytes of a batch as gRPC drains them: in one piece, from the batch's own array. */
final class BatchStream extends ByteArrayInputStream implements KnownLength, Drainable {

    BatchStream(byte[] bytes, int length) {
        super(bytes, 0, length);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        int drained = count - pos;
        target.write(buf, pos, drained);
        pos = count;
        return drained;
    }
}
