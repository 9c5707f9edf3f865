package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Field reader and writer against the bytes of each field, at the ends of its range. */
class FieldsTest {
    private static final String LONGEST = "x".repeat(0xFFFF);

    static Stream<Arguments> fields() {
        return Stream.of(
                field("bool false", "00", false, w -> w.bool(false), FieldReader::bool),
                field("bool true", "01", true, w -> w.bool(true), FieldReader::bool),
                field("s8 min", "80", Byte.MIN_VALUE, w -> w.s8(-128), FieldReader::s8),
                field("s8 max", "7f", Byte.MAX_VALUE, w -> w.s8(127), FieldReader::s8),
                field("u8 min", "00", 0, w -> w.u8(0), FieldReader::u8),
                field("u8 max", "ff", 255, w -> w.u8(255), FieldReader::u8),
                field("s16 min", "8000", Short.MIN_VALUE, w -> w.s16(-32768), FieldReader::s16),
                field("s16 max", "7fff", Short.MAX_VALUE, w -> w.s16(32767), FieldReader::s16),
                field("u16 min", "0000", 0, w -> w.u16(0), FieldReader::u16),
                field("u16 max", "ffff", 65535, w -> w.u16(65535), FieldReader::u16),
                field("s24 min", "800000", -8388608, w -> w.s24(-8388608), FieldReader::s24),
                field("s24 max", "7fffff", 8388607, w -> w.s24(8388607), FieldReader::s24),
                field("s24 -2", "fffffe", -2, w -> w.s24(-2), FieldReader::s24),
                field("u24 min", "000000", 0, w -> w.u24(0), FieldReader::u24),
                field("u24 max", "ffffff", 16777215, w -> w.u24(16777215), FieldReader::u24),
                field("s32 min", "80000000", Integer.MIN_VALUE, w -> w.s32(Integer.MIN_VALUE), FieldReader::s32),
                field("s32 max", "7fffffff", Integer.MAX_VALUE, w -> w.s32(Integer.MAX_VALUE), FieldReader::s32),
                field("u32 min", "00000000", 0L, w -> w.u32(0), FieldReader::u32),
                field("u32 max", "ffffffff", 4294967295L, w -> w.u32(4294967295L), FieldReader::u32),
                field("s64 min", "8000000000000000", Long.MIN_VALUE, w -> w.s64(Long.MIN_VALUE), FieldReader::s64),
                field("s64 max", "7fffffffffffffff", Long.MAX_VALUE, w -> w.s64(Long.MAX_VALUE), FieldReader::s64),
                field("u64 min", "0000000000000000", 0L, w -> w.u64(0), FieldReader::u64),
                field("u64 max", "ffffffffffffffff", -1L, w -> w.u64(-1), FieldReader::u64),
                field("f32", "c0490fdb", -3.1415927f, w -> w.f32(-3.1415927f), FieldReader::f32),
                field("f32 max", "7f7fffff", Float.MAX_VALUE, w -> w.f32(Float.MAX_VALUE), FieldReader::f32),
                field("f64", "400921fb54442d18", Math.PI, w -> w.f64(Math.PI), FieldReader::f64),
                field("f64 min", "0000000000000001", Double.MIN_VALUE, w -> w.f64(Double.MIN_VALUE), FieldReader::f64),
                field("str empty", "0000", "", w -> w.str(""), FieldReader::str),
                field(
                        "str",
                        "0007 61 c3a9 f09f8eae",
                        "a\u00e9\ud83c\udfae",
                        w -> w.str("a\u00e9\ud83c\udfae"),
                        FieldReader::str),
                field("str longest", "ffff" + "78".repeat(0xFFFF), LONGEST, w -> w.str(LONGEST), FieldReader::str),
                field("bytes empty", "0000", new byte[0], w -> w.bytes(new byte[0]), FieldReader::bytes),
                field("bytes", "0002ff00", new byte[] {-1, 0}, w -> w.bytes(new byte[] {-1, 0}), FieldReader::bytes),
                field(
                        "array empty",
                        "0000",
                        List.of(),
                        w -> w.array(List.<Integer>of(), FieldWriter::s16),
                        FieldsTest::shorts),
                field(
                        "array",
                        "0002 0001 fffe",
                        List.of((short) 1, (short) -2),
                        w -> w.array(List.of(1, -2), FieldWriter::s16),
                        FieldsTest::shorts));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void writesTheBytesOfTheFormat(
            String name, String hex, Object value, Consumer<FieldWriter> write, Function<FieldReader, Object> read) {
        ByteBuf out = Unpooled.buffer();
        write.accept(new FieldWriter(out));
        assertThat(Hex.of(out)).as(name).isEqualTo(hex);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void readsTheBytesOfTheFormatAndNoMore(
            String name, String hex, Object value, Consumer<FieldWriter> write, Function<FieldReader, Object> read) {
        FieldReader reader = new FieldReader(Unpooled.wrappedBuffer(Hex.buffer(hex), Hex.buffer("aabb")));
        assertThat(read.apply(reader)).as(name).isEqualTo(value);
        assertThat(reader.remaining()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void refusesFieldTruncatedAnywhere(
            String name, String hex, Object value, Consumer<FieldWriter> write, Function<FieldReader, Object> read) {
        ByteBuf whole = Hex.buffer(hex);
        // The longest text is cut near both ends only: its middle is all the same.
        for (int cut = 0; cut < whole.readableBytes(); cut += cut > 20 && cut < 65000 ? 997 : 1) {
            FieldReader reader = new FieldReader(whole.slice(0, cut));
            assertThatExceptionOfType(BadPacketException.class)
                    .as("%s cut to %s", name, cut)
                    .isThrownBy(() -> read.apply(reader))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(EndReason.PROTOCOL_ERROR));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "7f", "ff"})
    void readsBoolThatIsNotOneAsFalse(String hex) {
        assertThat(new FieldReader(Hex.buffer(hex)).bool()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void readsFloatThatIsNotFiniteAsZero(float value) {
        ByteBuf out = Unpooled.buffer();
        new FieldWriter(out).f32(value);
        new FieldWriter(out).f64(value);
        FieldReader reader = new FieldReader(out);
        assertThat(reader.f32()).isZero();
        assertThat(reader.f64()).isZero();
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void replacesWhatIsNotUtf8() {
        assertThat(new FieldReader(Hex.buffer("0003 61ff62")).str()).isEqualTo("a\ufffdb");
    }

    @Test
    void writesLoneSurrogateAsQuestionMark() {
        ByteBuf out = Unpooled.buffer();
        new FieldWriter(out).str("a\ud83c");
        assertThat(Hex.of(out)).isEqualTo("0002613f");
    }

    @Test
    void readsArrayOfArrays() {
        ByteBuf out = Unpooled.buffer();
        List<List<String>> value = List.of(List.of("a", "b"), List.of(), List.of("c"));
        new FieldWriter(out).array(value, (writer, inner) -> writer.array(inner, FieldWriter::str));
        assertThat(new FieldReader(out).array(reader -> reader.array(FieldReader::str)))
                .isEqualTo(value);
    }

    static Stream<Consumer<FieldWriter>> outOfRange() {
        return Stream.of(
                w -> w.s8(-129),
                w -> w.s8(128),
                w -> w.u8(-1),
                w -> w.u8(256),
                w -> w.s16(-32769),
                w -> w.s16(32768),
                w -> w.u16(-1),
                w -> w.u16(65536),
                w -> w.s24(-8388609),
                w -> w.s24(8388608),
                w -> w.u24(-1),
                w -> w.u24(16777216),
                w -> w.u32(-1),
                w -> w.u32(4294967296L),
                w -> w.str("\u00e9".repeat(0x8000)),
                w -> w.bytes(new byte[0x10000]),
                w -> w.array(Collections.nCopies(0x10000, 1), FieldWriter::u8));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void refusesValueThatTheFieldCannotHoldAndWritesNothing(Consumer<FieldWriter> write) {
        ByteBuf out = Unpooled.buffer();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write.accept(new FieldWriter(out)))
                .withMessageMatching("value: -?\\d+( [\\w -]+)? \\(expected: -?\\d+\\.\\.\\d+\\)");
        assertThat(out.readableBytes()).isZero();
    }

    @Test
    void takesTheLargestArray() {
        List<Integer> most = new ArrayList<>(Collections.nCopies(0xFFFF, 7));
        ByteBuf out = Unpooled.buffer();
        new FieldWriter(out).array(most, FieldWriter::u8);
        assertThat(new FieldReader(out).array(FieldReader::u8)).isEqualTo(most);
    }

    private static List<Short> shorts(FieldReader reader) {
        return reader.array(FieldReader::s16);
    }

    private static Arguments field(
            String name, String hex, Object value, Consumer<FieldWriter> write, Function<FieldReader, Object> read) {
        return Arguments.of(name, hex.replace(" ", ""), value, write, read);
    }
}
