package dev.gatehouse.link;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A packet to a service, and back, in the contract gonet2. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameMarshallerBenchmark {
    private static final int OPCODE = 1001;

    @Param({"64", "4096"})
    private int payloadBytes;

    private final FrameMarshaller marshaller = new FrameMarshaller(Gonet2Contract.MESSAGE_BYTES_MAX);
    private final OutboundFrame outbound = new OutboundFrame();
    private final Sink sink = new Sink();
    private final ByteBuf out = Unpooled.directBuffer(8192);
    private ByteBuf payload = Unpooled.EMPTY_BUFFER;
    private Encoded encoded = new Encoded(new byte[0]);

    @Setup
    public void setUp() throws IOException {
        payload = Unpooled.directBuffer(payloadBytes).writeZero(payloadBytes);
        byte[] bytes = marshaller.stream(outbound.packet(OPCODE, payload)).readAllBytes();
        encoded = new Encoded(bytes);
    }

    /** As gRPC drains it. */
    @Benchmark
    public int write() throws IOException {
        try (InputStream stream = marshaller.stream(outbound.packet(OPCODE, payload))) {
            return ((Drainable) stream).drainTo(sink);
        }
    }

    /** As a session takes it: its message goes into the client's buffer. */
    @Benchmark
    public int read() {
        encoded.reset();
        out.clear();
        Frame frame = marshaller.parse(encoded);
        frame.readTo(out);
        return frame.length();
    }

    /** Bytes that came, read again and again. */
    private static final class Encoded extends ByteArrayInputStream implements KnownLength {
        Encoded(byte[] bytes) {
            super(bytes);
        }
    }

    /** Takes bytes as gRPC's framer does, into memory that is there. */
    private static final class Sink extends OutputStream {
        private final byte[] memory = new byte[8192];

        @Override
        public void write(int value) {
            memory[0] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            System.arraycopy(bytes, from, memory, 0, length);
        }
    }
}
