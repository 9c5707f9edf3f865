package dev.gatehouse.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A frame: found among 32 that were read at once, and written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FramingBenchmark {
    private static final int FRAMES = 32;
    private static final int FRAME_BYTES_MAX = 65_535;
    private static final int HEADER_BYTES = 12;

    @Param({"length1", "length2", "length3", "length4", "lines", "delimited", "typed", "fixed"})
    private String framing = "";

    @Param({"64"})
    private int payloadBytes;

    private final Cut cut = new Cut();
    private Framing subject = Framing.fixed(1);
    private ByteBuf read = PooledByteBufAllocator.DEFAULT.directBuffer();
    private ByteBuf written = PooledByteBufAllocator.DEFAULT.directBuffer();
    private ByteBuf payload = PooledByteBufAllocator.DEFAULT.directBuffer();

    @Setup(Level.Trial)
    public void setUp() {
        subject = switch (framing) {
            case "lines" -> Framing.lines(FRAME_BYTES_MAX);
            case "delimited" -> Framing.delimited((byte) '\n', FRAME_BYTES_MAX);
            case "typed" -> Framing.typed(FRAME_BYTES_MAX);
            case "fixed" -> Framing.fixed(payloadBytes);
            case "length1" -> Framing.lengthPrefixed(1, 255);
            default -> Framing.lengthPrefixed(Integer.parseInt(framing.substring("length".length())), FRAME_BYTES_MAX);
        };
        payload.clear().writeZero(framing.equals("typed") ? HEADER_BYTES + payloadBytes : payloadBytes);
        read.clear();
        for (int i = 0; i < FRAMES; i++) {
            write(read);
        }
    }

    @TearDown(Level.Trial)
    public void tearDown() {
        read.release();
        written.release();
        payload.release();
    }

    /** As {@code Inbound} asks: where the next frame is, until there is none. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int find() {
        ByteBuf in = read;
        int limit = in.writerIndex();
        int bytes = 0;
        in.readerIndex(0);
        while (in.isReadable() && subject.next(in, cut)) {
            bytes += cut.length();
            in.setIndex(in.readerIndex() + cut.before() + cut.length() + cut.after(), limit);
            cut.startFrame();
        }
        return bytes;
    }

    /** As {@code Outbound} writes: one frame after the other into one buffer. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public ByteBuf write() {
        written.clear();
        for (int i = 0; i < FRAMES; i++) {
            write(written);
        }
        return written;
    }

    private void write(ByteBuf out) {
        int start = out.writerIndex();
        subject.begin(out);
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        subject.end(out, start);
    }
}
