package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random and mutated input: whatever comes in, only {@link BadPacketException} gets out. A failure tells its seed. */
class BadInputTest {
    private static final int ROUNDS = 20_000;
    private static final int LONG_ROUNDS = 1_000_000;

    private static final List<Consumer<ByteBuf>> READS = List.of(
            Heartbeat::read,
            LoginRequest::read,
            LoginAck::read,
            LoginFault::read,
            ErrorAck::read,
            KeySeeds::read,
            in -> new FieldReader(in).array(FieldReader::str),
            in -> new FieldReader(in).array(reader -> reader.array(FieldReader::bytes)),
            BadInputTest::everyField,
            in -> KeyExchange.answer(KeySeeds.read(in), new Random(1)),
            in -> Gonet2.INSTANCE.gatewaySide().open(in),
            in -> Gonet2.INSTANCE.clientSide().open(in),
            in -> encrypted(Gonet2.INSTANCE.gatewaySide()).open(in),
            in -> encrypted(Gonet2.INSTANCE.clientSide()).open(in));

    @Test
    void survivesRandomInput() {
        readRandomInput(ROUNDS);
    }

    @Test
    void survivesMutatedLogins() {
        readMutatedLogins(ROUNDS);
    }

    @Test
    @Tag("long")
    void survivesForLong() {
        readRandomInput(LONG_ROUNDS);
        readMutatedLogins(LONG_ROUNDS);
    }

    private static void readRandomInput(int rounds) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            byte[] input = new byte[random.nextInt(80)];
            random.nextBytes(input);
            read(input, seed, round);
        }
    }

    private static void readMutatedLogins(int rounds) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] login = login();
        for (int round = 0; round < rounds; round++) {
            read(mutated(login, random), seed, round);
        }
    }

    private static void read(byte[] input, long seed, int round) {
        for (Consumer<ByteBuf> reads : READS) {
            try {
                reads.accept(Unpooled.copiedBuffer(input));
            } catch (BadPacketException expected) {
                // This is what bad input is answered with.
            } catch (RuntimeException escaped) {
                fail("seed " + seed + ", round " + round + ", reader " + READS.indexOf(reads), escaped);
            }
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] input = original.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            input[random.nextInt(input.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
        }
        return random.nextBoolean() ? input : Arrays.copyOf(input, random.nextInt(input.length));
    }

    private static byte[] login() {
        ByteBuf packet = Unpooled.buffer();
        LoginRequest.of("udid").withClientCertificate("certificate").write(packet);
        return ByteBufUtil.getBytes(packet);
    }

    private static void everyField(ByteBuf in) {
        FieldReader fields = new FieldReader(in);
        fields.bool();
        fields.s8();
        fields.u8();
        fields.s16();
        fields.u16();
        fields.s24();
        fields.u24();
        fields.s32();
        fields.u32();
        fields.f32();
        fields.s64();
        fields.u64();
        fields.f64();
        fields.str();
        fields.bytes();
    }

    private static Gonet2Codec encrypted(Gonet2Codec codec) {
        byte[] key = "DH1".getBytes(StandardCharsets.US_ASCII);
        codec.encrypt(new Rc4(key), new Rc4(key));
        return codec;
    }
}
