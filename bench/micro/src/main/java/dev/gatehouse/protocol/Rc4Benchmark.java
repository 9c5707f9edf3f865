package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
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

/** The cipher of the legacy encryption, one way; and what a session's first use of it costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Rc4Benchmark {
    private static final byte[] KEY = "DH1983523002".getBytes(StandardCharsets.US_ASCII);

    @Param({"64", "4096"})
    private int bytes;

    private final Rc4 cipher = new Rc4(KEY);
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

    @Setup
    public void setUp() {
        buffer = Unpooled.directBuffer(bytes).writeZero(bytes);
    }

    @Benchmark
    public ByteBuf apply() {
        cipher.apply(buffer, 0, bytes);
        return buffer;
    }

    @Benchmark
    public Rc4 schedule() {
        return new Rc4(KEY);
    }
}
