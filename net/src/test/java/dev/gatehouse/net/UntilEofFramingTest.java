package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class UntilEofFramingTest extends FramingContract {
    @Override
    protected Framing framing(int max) {
        return Framing.untilEof(max);
    }

    @Override
    protected byte[] wire(byte[] payload) {
        return payload;
    }

    @Override
    protected byte[] tooLarge(int max) {
        return new byte[max + 1];
    }

    @Override
    protected boolean endsAtEof() {
        return true;
    }

    @Override
    @Test
    protected void discardsAnUnterminatedRestAtEof() {
        // Here nothing is a rest.
        assertThat(cut(new byte[] {1, 2})).containsExactly(new byte[] {1, 2});
        assertThat(cut(new byte[0])).containsExactly(new byte[0]);
    }

    @Override
    @Test
    protected void refusesToWriteWhatIsTooLarge() {
        // The limit is for what comes: outgoing messages are written as they are, and there may be many.
        Framing framing = framing(1);
        ByteBuf out = Unpooled.buffer();
        framing.begin(out);
        out.writeZero(5);
        framing.end(out, 0);
        assertThat(out.readableBytes()).isEqualTo(5);
    }
}
