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

/** A packet from a client to the gateway: sealed there, opened here. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketCodecBenchmark {
    private static final int OPCODE = 1001;

    @Param({"64", "4096"})
    private int payloadBytes;

    @Param({"false", "true"})
    private boolean encrypted;

    private final ByteBuf packet = Unpooled.directBuffer(8192);
    private Gonet2Codec client = Gonet2.INSTANCE.clientSide();
    private Gonet2Codec gateway = Gonet2.INSTANCE.gatewaySide();
    private int left;

    @Setup
    public void setUp() {
        client = Gonet2.INSTANCE.clientSide();
        gateway = Gonet2.INSTANCE.gatewaySide();
        // A connection ends with its last sequence number.
        left = Integer.MAX_VALUE;
        if (encrypted) {
            client.encrypt(cipher("in"), cipher("out"));
            gateway.encrypt(cipher("out"), cipher("in"));
        }
    }

    private static Rc4 cipher(String direction) {
        return new Rc4(("DH1983523002" + direction).getBytes(StandardCharsets.US_ASCII));
    }

    @Benchmark
    public int sealAndOpen() {
        if (left-- == 0) {
            setUp();
        }
        packet.clear();
        client.begin(packet);
        packet.writeShort(OPCODE).writerIndex(packet.writerIndex() + payloadBytes);
        client.seal(packet, 0);
        gateway.open(packet);
        return packet.readableBytes();
    }
}
