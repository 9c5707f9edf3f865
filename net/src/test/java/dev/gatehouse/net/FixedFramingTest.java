package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FixedFramingTest extends FramingContract {
    @Override
    protected Framing framing(int max) {
        return Framing.fixed(max);
    }

    @Override
    protected int[] sizes(int max) {
        return new int[] {max};
    }

    @Override
    protected byte[] wire(byte[] payload) {
        return payload;
    }

    @Override
    protected byte[] tooLarge(int max) {
        throw new UnsupportedOperationException("every frame has its size");
    }

    @Override
    @Test
    protected void refusesWhatIsTooLargeAsSoonAsItIsKnown() {
        // What comes beyond a frame is the next one.
        assertThat(cut(new byte[3 * MAX - 1])).containsExactly(new byte[MAX], new byte[MAX]);
    }
}
