package dev.gatehouse.net.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/** Whatever comes, a codec reads it or refuses it with {@link MessageException}, and reads what it has written. */
class CodecFuzzTest {
    sealed interface Shape {
        record Circle(double radius, Optional<String> name) implements Shape {}

        record Group(int number, List<Shape> parts) implements Shape {}
    }

    private static final Codec<Shape, Shape> JSON = Codec.json(Shape.class, Shape.class);

    @FuzzTest
    void text(byte[] input) {
        assertThat(textOrNothing(input)).isEqualTo(jdks(input));
    }

    private static Optional<String> textOrNothing(byte[] input) {
        try {
            String text = Codec.text().decode(Unpooled.wrappedBuffer(input));
            assertThat(encoded(Codec.text(), text)).isEqualTo(input);
            return Optional.of(text);
        } catch (MessageException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> jdks(byte[] input) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(input)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @FuzzTest
    void json(byte[] input) {
        Shape shape;
        try {
            shape = JSON.decode(Unpooled.wrappedBuffer(input));
        } catch (MessageException e) {
            assertThat(e.getMessage()).hasSizeLessThan(200);
            return;
        }
        assertThat(JSON.decode(Unpooled.wrappedBuffer(encoded(JSON, shape)))).isEqualTo(shape);
    }

    private static <O> byte[] encoded(Codec<?, O> codec, O message) {
        ByteBuf out = Unpooled.buffer();
        codec.encode(message, out);
        return ByteBufUtil.getBytes(out);
    }
}
