package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rc4Test {
    private static final int BYTES = 5000;

    /** 5 to 128 bytes are what the JDK takes. */
    @ParameterizedTest
    @ValueSource(ints = {5, 6, 12, 16, 128})
    void agreesWithTheJdk(int keyLength) throws GeneralSecurityException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] key = bytes(random, keyLength);
        byte[] plain = bytes(random, BYTES);
        Cipher oracle = Cipher.getInstance("ARCFOUR");
        oracle.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
        byte[] expected = oracle.doFinal(plain);

        for (ByteBuf buffer : kinds(plain)) {
            applyInPieces(new Rc4(key), buffer, random);
            assertThat(ByteBufUtil.getBytes(buffer))
                    .as("seed %s, %s", seed, buffer)
                    .isEqualTo(expected);
            buffer.release();
        }
    }

    /** Keys that the JDK refuses: known streams, "Wiki" from the cipher's public test vectors. */
    @ParameterizedTest
    @CsvSource({"Key, Plaintext, bbf316e8d940af0ad3", "Wiki, pedia, 1021bf0420"})
    void matchesPublicVectorsOfShortKeys(String key, String plain, String expected) {
        ByteBuf buffer = Unpooled.copiedBuffer(plain, StandardCharsets.US_ASCII);
        new Rc4(key.getBytes(StandardCharsets.US_ASCII)).apply(buffer, 0, buffer.readableBytes());
        assertThat(Hex.of(buffer)).isEqualTo(expected);
    }

    @Test
    void changesNothingOutsideOfTheRange() {
        for (ByteBuf buffer : kinds(new byte[40])) {
            new Rc4(new byte[] {1}).apply(buffer, 7, 20);
            byte[] bytes = ByteBufUtil.getBytes(buffer);
            assertThat(Arrays.copyOf(bytes, 7)).containsOnly(0);
            assertThat(Arrays.copyOfRange(bytes, 27, 40)).containsOnly(0);
            assertThat(Arrays.copyOfRange(bytes, 7, 27)).isNotEqualTo(new byte[20]);
            assertThat(buffer.readerIndex()).isZero();
            buffer.release();
        }
    }

    @Test
    void refusesRangeOutsideOfTheBuffer() {
        Rc4 cipher = new Rc4(new byte[] {1});
        for (ByteBuf buffer : kinds(new byte[8])) {
            // A slice has neighbours in its array that are not its own.
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cipher.apply(buffer, 4, 5));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cipher.apply(buffer, -1, 2));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cipher.apply(buffer, 0, -1));
            assertThat(ByteBufUtil.getBytes(buffer)).containsOnly(0);
            buffer.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void refusesKeyOfWrongLength(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rc4(new byte[length]))
                .withMessage("key: " + length + " bytes (expected: 1..256)");
    }

    private static void applyInPieces(Rc4 cipher, ByteBuf buffer, Random random) {
        int at = 0;
        while (at < BYTES) {
            int length = Math.min(random.nextInt(30), BYTES - at);
            cipher.apply(buffer, at, length);
            at += length;
        }
    }

    /** The same bytes on the heap, in a slice with an offset, outside of the heap, and in parts. */
    private static ByteBuf[] kinds(byte[] bytes) {
        ByteBuf wide = Unpooled.buffer().writeZero(13).writeBytes(bytes).writeZero(13);
        int half = bytes.length / 2 + 1;
        return new ByteBuf[] {
            Unpooled.copiedBuffer(bytes),
            wide.slice(13, bytes.length),
            Unpooled.directBuffer(bytes.length, bytes.length).writeBytes(bytes),
            Unpooled.wrappedBuffer(
                    Unpooled.copiedBuffer(bytes, 0, half), Unpooled.copiedBuffer(bytes, half, bytes.length - half))
        };
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
