package dev.gatehouse.net.message;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonCodecTest {
    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Group(String name, List<Shape> parts) implements Shape {}

        sealed interface Cornered extends Shape {
            record Square(int side) implements Cornered {}
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Annotated.One.class, name = "1")})
    sealed interface Annotated {
        record One(String text) implements Annotated {}
    }

    enum Operation {
        PLUS {
            @Override
            int apply(int left, int right) {
                return left + right;
            }
        };

        abstract int apply(int left, int right);
    }

    record Everything(int number, String text, Optional<String> optional, Operation operation, ZoneId zone) {}

    record Even(int value) {
        Even {
            if (value % 2 != 0) {
                throw new IllegalArgumentException("value: " + value + " (expected: even)");
            }
        }
    }

    interface Impossible {}

    private static <T> T decode(Class<T> type, String json) {
        return decode(Codec.json(type, type), json);
    }

    private static <T> T decode(Codec<T, T> codec, String json) {
        return codec.decode(Unpooled.copiedBuffer(json, UTF_8));
    }

    private static <T> String encode(Codec<T, T> codec, T message) {
        ByteBuf out = Unpooled.buffer();
        codec.encode(message, out);
        return out.toString(UTF_8);
    }

    @Test
    void tellsPermittedTypesApartByTheirSimpleName() {
        Codec<Shape, Shape> codec = Codec.json(Shape.class, Shape.class);
        Shape group = new Shape.Group("g", List.of(new Shape.Circle(1.5), new Shape.Cornered.Square(2)));
        String json = "{\"type\":\"Group\",\"name\":\"g\",\"parts\":"
                + "[{\"type\":\"Circle\",\"radius\":1.5},{\"type\":\"Square\",\"side\":2}]}";
        assertThat(encode(codec, group)).isEqualTo(json);
        assertThat(decode(codec, json)).isEqualTo(group);
        assertThat(decode(codec, "{\"side\":2,\"type\":\"Square\"}")).isEqualTo(new Shape.Cornered.Square(2));
    }

    @Test
    void leavesTypesWithTheUsersOwnAnnotationsAsTheySay() {
        Codec<Annotated, Annotated> codec = Codec.json(Annotated.class, Annotated.class);
        String json = "{\"kind\":\"1\",\"text\":\"a\"}";
        assertThat(encode(codec, new Annotated.One("a"))).isEqualTo(json);
        assertThat(decode(codec, json)).isEqualTo(new Annotated.One("a"));
    }

    @Test
    void givesARecordThatIsNotChosenAmongOthersNoType() {
        Codec<Shape.Circle, Shape.Circle> codec = Codec.json(Shape.Circle.class, Shape.Circle.class);
        assertThat(encode(codec, new Shape.Circle(1))).isEqualTo("{\"radius\":1.0}");
        assertThat(decode(codec, "{\"radius\":1}")).isEqualTo(new Shape.Circle(1));
    }

    @Test
    void knowsEnumsWithBodiesAndSealedTypesOfTheJdk() {
        Codec<Everything, Everything> codec = Codec.json(Everything.class, Everything.class);
        Everything everything = new Everything(1, "a", Optional.of("b"), Operation.PLUS, ZoneId.of("Europe/Berlin"));
        String json =
                "{\"number\":1,\"text\":\"a\",\"optional\":\"b\",\"operation\":\"PLUS\",\"zone\":\"Europe/Berlin\"}";
        assertThat(encode(codec, everything)).isEqualTo(json);
        assertThat(decode(codec, json)).isEqualTo(everything);
    }

    @Test
    void ignoresUnknownPropertiesAndTakesAMissingOptionalAsEmpty() {
        assertThat(decode(
                        Everything.class,
                        "{\"new\":{\"x\":[]},\"number\":1,\"text\":\"a\",\"operation\":\"PLUS\",\"zone\":\"UTC\"}"))
                .isEqualTo(new Everything(1, "a", Optional.empty(), Operation.PLUS, ZoneId.of("UTC")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "{",
                "{}",
                "{\"type\":\"Circle\"}",
                "{\"type\":\"Square\"}",
                "{\"type\":\"Circle\",\"radius\":null}",
                "{\"type\":\"Circle\",\"radius\":\"x\"}",
                "{\"type\":\"Circle\",\"radius\":1}}",
                "{\"type\":\"Circle\",\"radius\":1} {}",
                "{\"type\":\"Group\",\"name\":null,\"parts\":[]}",
                "{\"type\":\"Group\",\"parts\":[]}",
                "{\"type\":\"java.lang.Object\"}",
                "{\"type\":\"Cornered\"}",
                "{\"type\":\"Shape\"}",
                "{\"type\":null}",
                "{\"type\":{}}",
                "{\"radius\":1}"
            })
    void refusesWhatIsNoMessage(String json) {
        assertThatExceptionOfType(MessageException.class)
                .isThrownBy(() -> decode(Shape.class, json))
                .withMessageStartingWith("JSON: ")
                .withMessageMatching(".* \\(expected: (Shape|Circle|Square|Group|String|int|double)\\)");
    }

    @Test
    void saysWhereWithoutThePayload() {
        assertThatExceptionOfType(MessageException.class)
                .isThrownBy(() -> decode(Shape.class, "{\"type\":\"Circle\",\n \"radius\":\"secret\"}"))
                .withMessage("JSON: InvalidFormatException at line 2, column 11 (expected: double)")
                .withNoCause();
    }

    @Test
    void refusesWhatTheConstructorRefuses() {
        assertThat(decode(Even.class, "{\"value\":2}")).isEqualTo(new Even(2));
        assertThatExceptionOfType(MessageException.class)
                .isThrownBy(() -> decode(Even.class, "{\"value\":3}"))
                .withMessageStartingWith("JSON: ValueInstantiationException");
    }

    @Test
    void keepsJacksonsLimits() {
        String deep = "{\"type\":\"Group\",\"name\":\"g\",\"parts\":[".repeat(600);
        String ignored = "{\"type\":\"Circle\",\"radius\":1,\"x\":" + "[".repeat(600);
        for (String json : new String[] {deep, ignored}) {
            assertThatExceptionOfType(MessageException.class)
                    .isThrownBy(() -> decode(Shape.class, json))
                    .withMessageStartingWith("JSON: StreamConstraintsException");
        }
        assertThatExceptionOfType(MessageException.class)
                .isThrownBy(() -> decode(BigInteger.class, "9".repeat(1001)))
                .withMessageStartingWith("JSON: StreamConstraintsException");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        ByteBuf overlong = Unpooled.wrappedBuffer(new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'});
        ByteBuf utf16 = Unpooled.wrappedBuffer("\"a\"".getBytes(UTF_16BE));
        for (ByteBuf payload : new ByteBuf[] {overlong, utf16}) {
            assertThatExceptionOfType(MessageException.class)
                    .isThrownBy(() -> Codec.json(String.class, String.class).decode(payload));
        }
    }

    @Test
    void namesATypeThatCannotBeMade() {
        assertThatExceptionOfType(MessageException.class)
                .isThrownBy(() -> decode(Impossible.class, "{}"))
                .withMessage("JSON: InvalidDefinitionException at line 1, column 1 (expected: Impossible)");
    }

    @Test
    void goesByTheUsersOwnMapper() {
        JsonMapper strict = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        Codec<Even, Even> codec = Codec.json(strict, Even.class, Even.class);
        assertThat(decode(codec, "{\"value\":2}")).isEqualTo(new Even(2));
        assertThatExceptionOfType(MessageException.class).isThrownBy(() -> decode(codec, "{\"value\":2,\"secret\":1}"));
        assertThat(decode(codec, "{}")).isEqualTo(new Even(0));
    }

    @Test
    void writesMapsAndLists() {
        assertThat(encode(Codec.json(Object.class, Object.class), Map.of("a", List.of(1, "\n"))))
                .isEqualTo("{\"a\":[1,\"\\n\"]}");
    }
}
