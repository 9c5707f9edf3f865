package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TypedFramingTest extends FramingContract {
    private static final int HEADER = 12;

    @Override
    protected Framing framing(int max) {
        return Framing.typed(max);
    }

    @Override
    protected int[] sizes(int max) {
        return new int[] {HEADER, HEADER + 1, HEADER + max - 1, HEADER + max};
    }

    @Override
    protected byte[] payload(Random random, int size) {
        byte[] payload = super.payload(random, size);
        if (size >= HEADER) {
            ByteBuffer.wrap(payload).putInt(8, size - HEADER);
        }
        return payload;
    }

    @Override
    protected byte[] wire(byte[] payload) {
        return payload;
    }

    @Override
    protected byte[] tooLarge(int max) {
        return ByteBuffer.allocate(HEADER).putInt(8, max + 1).array();
    }

    @Test
    void refusesToWriteLessThanAHeader() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> framing(MAX).end(Unpooled.wrappedBuffer(new byte[11]), 0))
                .withMessageStartingWith("payload: ");
    }
}
