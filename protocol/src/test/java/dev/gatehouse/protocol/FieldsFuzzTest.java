package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Whatever comes as fields, it is read or refused with {@link BadPacketException}, and what was read is written so that it reads the same. */
class FieldsFuzzTest {
    private static final int PRIME = 0x7FFFFFC3;
    private static final List<Function<FieldReader, Object>> FIELDS = List.of(
            FieldReader::bool,
            FieldReader::s8,
            FieldReader::u8,
            FieldReader::s16,
            FieldReader::u16,
            FieldReader::s24,
            FieldReader::u24,
            FieldReader::s32,
            FieldReader::u32,
            FieldReader::s64,
            FieldReader::u64,
            FieldReader::f32,
            FieldReader::f64,
            FieldReader::str,
            FieldReader::bytes,
            fields -> fields.array(FieldReader::str),
            fields -> fields.array(each -> each.array(FieldReader::bytes)));

    /** Each field is chosen by the byte before it. */
    @FuzzTest
    void fields(byte[] input) {
        FieldReader fields = new FieldReader(Unpooled.wrappedBuffer(input));
        try {
            while (fields.remaining() > 0) {
                int before = fields.remaining();
                assertThat(FIELDS.get(fields.u8() % FIELDS.size()).apply(fields))
                        .isNotNull();
                assertThat(fields.remaining()).isLessThan(before);
            }
        } catch (BadPacketException e) {
            assertThat(e.reason()).isEqualTo(EndReason.PROTOCOL_ERROR);
        }
    }

    @FuzzTest
    void payloads(byte[] input) {
        check(input, Heartbeat::read, Heartbeat::write);
        check(input, LoginRequest::read, LoginRequest::write);
        check(input, LoginAck::read, LoginAck::write);
        check(input, LoginFault::read, LoginFault::write);
        check(input, ErrorAck::read, ErrorAck::write);
        check(input, KeySeeds::read, KeySeeds::write);
    }

    private static <T> void check(byte[] input, Function<ByteBuf, T> read, BiConsumer<T, ByteBuf> write) {
        T payload;
        try {
            payload = read.apply(Unpooled.wrappedBuffer(input));
        } catch (BadPacketException e) {
            assertThat(e.reason()).isEqualTo(EndReason.PROTOCOL_ERROR);
            return;
        }
        ByteBuf out = Unpooled.buffer();
        write.accept(payload, out);
        assertThat(read.apply(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(out))))
                .isEqualTo(payload);
    }

    /** A stranger's seeds give ciphers or are refused. */
    @FuzzTest
    void seeds(byte[] input) {
        ByteBuf in = Unpooled.wrappedBuffer(input);
        try {
            KeySeeds seeds = KeySeeds.read(in);
            KeyExchange.answer(seeds, new Random(1));
            KeyExchange.offer(new Random(2)).complete(seeds);
            assertThat(List.of(seeds.send(), seeds.receive())).allMatch(seed -> seed > 0 && seed < PRIME);
        } catch (BadPacketException e) {
            assertThat(e.reason()).isEqualTo(EndReason.PROTOCOL_ERROR);
        }
    }
}
