package dev.gatehouse.link;

import io.grpc.KnownLength;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A packet's entry in a batch of the contract trunk, among 32 of as many sessions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrunkBatchBenchmark {
    private static final int ENTRIES = 32;
    private static final int FIRST_ATTACHMENT = 1000;
    private static final int OPCODE = 1001;

    @Param({"64", "4096"})
    private int payloadBytes;

    private final BatchWriter writer = new BatchWriter();
    private final BatchReader reader = new BatchReader(TrunkContract.BATCH_BYTES_MAX);
    private final ByteBuf out = Unpooled.directBuffer(8192);
    private ByteBuf payload = Unpooled.EMPTY_BUFFER;
    private Encoded encoded = new Encoded(new byte[0]);

    @Setup
    public void setUp() {
        payload = Unpooled.directBuffer(payloadBytes).writeZero(payloadBytes);
        write();
        encoded = new Encoded(new BatchStream(writer.bytes(), writer.length()).readAllBytes());
    }

    /** As a link gathers them in a turn. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public int write() {
        writer.clear();
        for (int i = 0; i < ENTRIES; i++) {
            writer.payload(FIRST_ATTACHMENT + i, OPCODE, payload);
        }
        return writer.length();
    }

    /** As sessions take them: each packet goes into its client's buffer. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long read() {
        encoded.reset();
        reader.parse(encoded);
        long attachments = 0;
        while (reader.next()) {
            attachments += reader.attachment();
            reader.readTo(out.clear());
        }
        return attachments;
    }

    /** Bytes that came, read again and again. */
    private static final class Encoded extends ByteArrayInputStream implements KnownLength {
        Encoded(byte[] bytes) {
            super(bytes);
        }
    }
}
