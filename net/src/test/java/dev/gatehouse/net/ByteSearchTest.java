package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ByteSearchTest {
    private static final int BYTES = 6 * ByteSearch.STRIDE;

    /** Each kind of buffer whose memory is seen in another way. */
    static Stream<Supplier<ByteBuf>> buffers() {
        return Stream.of(
                () -> PooledByteBufAllocator.DEFAULT.directBuffer(BYTES),
                () -> PooledByteBufAllocator.DEFAULT.heapBuffer(BYTES),
                () -> Unpooled.buffer(BYTES),
                () -> Unpooled.directBuffer(BYTES + 9)
                        .writeZero(9)
                        .slice(9, BYTES)
                        .clear(),
                () -> Unpooled.compositeBuffer()
                        .addComponents(true, Unpooled.buffer(BYTES / 2).writeZero(BYTES / 2))
                        .addComponents(true, Unpooled.buffer(BYTES / 2).writeZero(BYTES / 2))
                        .clear());
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void findsTheFirstOfTheRange(Supplier<ByteBuf> buffers) {
        Random random = new Random(7);
        ByteBuf in = buffers.get();
        try {
            for (int round = 0; round < 200; round++) {
                byte wanted = (byte) random.nextInt(256);
                fill(in, random, wanted);
                int from = random.nextInt(ByteSearch.STRIDE);
                int to = from + random.nextInt(BYTES - from + 1);
                assertThat(ByteSearch.indexOf(in, from, to, wanted))
                        .as("round %d, %d to %d", round, from, to)
                        .isEqualTo(naive(in, from, to, wanted));
            }
        } finally {
            in.release();
        }
    }

    /** Mostly the bytes beside the wanted one, which a wrong test of eight bytes takes for it; and a few of it, or none. */
    private static void fill(ByteBuf in, Random random, byte wanted) {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (wanted ^ 1 + random.nextInt(2) * 0x7F);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(BYTES)] = wanted;
        }
        in.clear().writeBytes(bytes);
    }

    private static int naive(ByteBuf in, int from, int to, byte wanted) {
        for (int i = from; i < to; i++) {
            if (in.getByte(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void leavesTheBufferAsItWas(Supplier<ByteBuf> buffers) {
        ByteBuf in = buffers.get();
        try {
            in.writeZero(BYTES).readerIndex(3);
            ByteSearch.indexOf(in, 3, BYTES, (byte) 1);
            assertThat(in.readerIndex()).isEqualTo(3);
            assertThat(in.writerIndex()).isEqualTo(BYTES);
            assertThat(in.nioBuffer().order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        } finally {
            in.release();
        }
    }
}
