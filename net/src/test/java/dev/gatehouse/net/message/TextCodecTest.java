package dev.gatehouse.net.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCodecTest {
    private final Codec<String, String> codec = Codec.text();

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Zoë", "日本", "😀", "a\uFFFDb", "\u0000"})
    void readsWhatItWrites(String text) {
        for (ByteBuf out : new ByteBuf[] {Unpooled.buffer(), Unpooled.directBuffer()}) {
            codec.encode("before", out);
            out.readerIndex(out.writerIndex());
            codec.encode(text, out);
            assertThat(out.toString(UTF_8)).isEqualTo(text);
            assertThat(codec.decode(out)).isEqualTo(text);
            out.release();
        }
    }

    /** Cut short, a stray continuation, overlong, a surrogate, beyond the last code point. */
    @ParameterizedTest
    @ValueSource(strings = {"61c3", "80", "c0af", "e08080", "eda080", "f4908080", "ff", "efbfbdff"})
    void refusesWhatIsNotUtf8(String hex) {
        ByteBuf payload = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        assertThatExceptionOfType(MessageException.class)
                .isThrownBy(() -> codec.decode(payload))
                .withMessage("text of " + hex.length() / 2 + " bytes that isn't UTF-8");
    }

    @Test
    void writesAQuestionMarkForAnUnpairedSurrogate() {
        ByteBuf out = Unpooled.buffer();
        codec.encode("a\uD800b", out);
        assertThat(out.toString(UTF_8)).isEqualTo("a?b");
    }
}
