package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DelimiterFramingTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Nested
    class Delimited extends FramingContract {
        private static final byte DELIMITER = (byte) 0xA7;

        @Override
        protected Framing framing(int max) {
            return Framing.delimited(DELIMITER, max);
        }

        @Override
        protected byte[] wire(byte[] payload) {
            return concat(payload, new byte[] {DELIMITER});
        }

        @Override
        protected byte[] payload(Random random, int size) {
            byte[] payload = super.payload(random, size);
            for (int i = 0; i < size; i++) {
                payload[i] = payload[i] == DELIMITER ? 0 : payload[i];
            }
            return payload;
        }

        @Override
        protected byte[] tooLarge(int max) {
            return new byte[max + 1];
        }

        @Test
        void deliversTheExactBytes() {
            assertThat(cut(concat(ascii("a\r"), new byte[] {DELIMITER}))).containsExactly(ascii("a\r"));
        }

        @Test
        void looksAtNoByteTwice() {
            Framing framing = framing(MAX);
            Cut cut = new Cut();
            ByteBuf in = Unpooled.buffer().writeBytes(ascii("abc"));
            assertThat(framing.next(in, cut)).isFalse();
            // Nobody does this; here it shows who looks.
            in.setByte(1, DELIMITER);
            in.writeBytes(ascii("de"));
            assertThat(framing.next(in, cut)).isFalse();
            in.writeByte(DELIMITER);
            assertThat(framing.next(in, cut)).isTrue();
            assertThat(cut.length()).isEqualTo(5);
        }

        @Test
        void refusesAPayloadWithTheDelimiter() {
            Framing framing = framing(MAX);
            ByteBuf out = Unpooled.buffer().writeByte(DELIMITER).writeByte(1).writeByte(DELIMITER);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> framing.end(out, 1))
                    .withMessage("payload: contains the delimiter (expected: none)");
        }
    }

    @Nested
    class Lines extends FramingContract {
        @Override
        protected Framing framing(int max) {
            return Framing.lines(max);
        }

        @Override
        protected byte[] wire(byte[] payload) {
            return concat(payload, ascii("\n"));
        }

        @Override
        protected byte[] payload(Random random, int size) {
            byte[] payload = super.payload(random, size);
            for (int i = 0; i < size; i++) {
                payload[i] = payload[i] == '\n' || payload[i] == '\r' ? 0 : payload[i];
            }
            return payload;
        }

        @Override
        protected byte[] tooLarge(int max) {
            return new byte[max + 1];
        }

        @Test
        void dropsOneReturnBeforeTheNewline() {
            assertThat(cut(ascii("a\r\nb\r\r\n\r\n\rc\n"), 2, 3, 5, 6, 7, 8, 9))
                    .containsExactly(ascii("a"), ascii("b\r"), ascii(""), ascii("\rc"));
        }

        @Test
        void doesNotCountTheReturnAgainstTheLimit() {
            byte[] longest = ascii("x".repeat(MAX));
            assertThat(cut(concat(longest, ascii("\r\n")), MAX, MAX + 1)).containsExactly(longest);
        }
    }

    @Test
    void refusesALimitOfNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.lines(0))
                .withMessageStartingWith("frameBytesMax: 0 (expected: 1..");
    }
}
