package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LengthFramingTest {
    @Nested
    class OneByte extends Contract {
        OneByte() {
            super(1);
        }
    }

    @Nested
    class TwoBytes extends Contract {
        TwoBytes() {
            super(2);
        }
    }

    @Nested
    class ThreeBytes extends Contract {
        ThreeBytes() {
            super(3);
        }
    }

    @Nested
    class FourBytes extends Contract {
        FourBytes() {
            super(4);
        }

        @Test
        void readsTheLengthAsUnsigned() {
            byte[] header = {-1, -1, -1, -1};
            assertThatExceptionOfType(FramingException.class)
                    .isThrownBy(() -> framing(MAX).next(Unpooled.wrappedBuffer(header), new Cut()))
                    .withMessage("frame of 4294967295 bytes (expected: 0..100)");
        }
    }

    abstract static class Contract extends FramingContract {
        private final int lengthBytes;

        Contract(int lengthBytes) {
            this.lengthBytes = lengthBytes;
        }

        @Override
        protected Framing framing(int max) {
            return Framing.lengthPrefixed(lengthBytes, max);
        }

        @Override
        protected byte[] wire(byte[] payload) {
            return concat(header(payload.length), payload);
        }

        @Override
        protected byte[] tooLarge(int max) {
            return header(max + 1);
        }

        private byte[] header(int length) {
            byte[] header = new byte[lengthBytes];
            for (int i = 0; i < lengthBytes; i++) {
                header[i] = (byte) (length >> (8 * (lengthBytes - 1 - i)));
            }
            return header;
        }
    }

    @Test
    void refusesLimitsThatTheLengthCannotSay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.lengthPrefixed(1, 256))
                .withMessage("frameBytesMax: 256 (expected: 0..255)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.lengthPrefixed(5, 1))
                .withMessage("lengthBytes: 5 (expected: 1..4)");
    }
}
