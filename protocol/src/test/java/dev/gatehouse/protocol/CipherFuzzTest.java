package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Our RC4 gives what the JDK's gives, on the heap and outside of it, in one piece or two. */
class CipherFuzzTest {
    private static final int KEY_BYTES_MIN = 5;

    /** The first bytes are the key. */
    @FuzzTest
    void rc4(byte[] input) throws GeneralSecurityException {
        if (input.length < KEY_BYTES_MIN) {
            return;
        }
        int keyBytes = KEY_BYTES_MIN + (input[0] & 7) % (input.length - KEY_BYTES_MIN + 1);
        byte[] key = Arrays.copyOf(input, keyBytes);
        byte[] text = Arrays.copyOfRange(input, keyBytes, input.length);
        Cipher jdks = Cipher.getInstance("ARCFOUR");
        jdks.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
        byte[] expected = jdks.doFinal(text);
        assertThat(ours(key, Unpooled.copiedBuffer(text), 0)).isEqualTo(expected);
        ByteBuf direct = Unpooled.directBuffer().writeBytes(text);
        assertThat(ours(key, direct, text.length / 3)).isEqualTo(expected);
        direct.release();
    }

    private static byte[] ours(byte[] key, ByteBuf text, int split) {
        Rc4 cipher = new Rc4(key);
        cipher.apply(text, 0, split);
        cipher.apply(text, split, text.readableBytes() - split);
        return ByteBufUtil.getBytes(text);
    }
}
