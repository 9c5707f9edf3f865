package dev.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyExchangeTest {
    private static final BigInteger PRIME = BigInteger.valueOf(0x7FFFFFC3L);

    @Test
    void computesTheKeysOfTheVector() {
        assertThat(DiffieHellman.key(323886651, 555555555555L)).isEqualTo(1983523002);
        assertThat(DiffieHellman.key(1612759624, 123456789123L)).isEqualTo(1983523002);
        assertThat(DiffieHellman.key(1569787288, 777777777777L)).isEqualTo(1625948324);
        assertThat(DiffieHellman.key(530847419, 987654321987L)).isEqualTo(1625948324);
    }

    @Test
    void agreesWithBigIntegers() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            long secret = random.nextLong() & Long.MAX_VALUE;
            int mask = DiffieHellman.mask(secret);
            BigInteger exponent = BigInteger.valueOf(secret);
            assertThat(mask)
                    .as("seed %s", seed)
                    .isEqualTo(BigInteger.valueOf(3).modPow(exponent, PRIME).intValueExact());
            assertThat(DiffieHellman.key(mask, secret))
                    .as("seed %s", seed)
                    .isEqualTo(BigInteger.valueOf(mask).modPow(exponent, PRIME).intValueExact());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, Long.MAX_VALUE})
    void masksSecretsAtTheEndsOfTheirRange(long secret) {
        assertThat(DiffieHellman.mask(secret))
                .isEqualTo(BigInteger.valueOf(3)
                        .modPow(BigInteger.valueOf(secret), PRIME)
                        .intValueExact());
    }

    @RepeatedTest(20)
    void givesBothSidesTheSameCiphers() {
        SecureRandom random = new SecureRandom();
        KeyExchange.Offer offer = KeyExchange.offer(random);
        KeyExchange.Answer gateway = KeyExchange.answer(offer.seeds(), random);
        KeyExchange.Ciphers client = offer.complete(gateway.ours());

        assertThat(stream(client.outbound())).isEqualTo(stream(gateway.inbound()));
        assertThat(stream(client.inbound())).isEqualTo(stream(gateway.outbound()));
    }

    @Test
    void offersTheSameSeedsEachTime() {
        KeyExchange.Offer offer = KeyExchange.offer(new SecureRandom());
        assertThat(offer.seeds()).isEqualTo(offer.seeds());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 0x7FFFFFC3, Integer.MAX_VALUE})
    void refusesSeedOutsideOfTheGroup(int seed) {
        KeyExchange.Offer offer = KeyExchange.offer(new SecureRandom());
        refuses(() -> KeyExchange.answer(new KeySeeds(seed, 1), new SecureRandom()));
        refuses(() -> KeyExchange.answer(new KeySeeds(1, seed), new SecureRandom()));
        refuses(() -> offer.complete(new KeySeeds(seed, 1)));
        refuses(() -> offer.complete(new KeySeeds(1, seed)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0x7FFFFFC2})
    void acceptsSeedAtTheEndsOfTheGroup(int seed) {
        assertThat(KeyExchange.answer(new KeySeeds(seed, seed), new SecureRandom()))
                .isNotNull();
    }

    private static void refuses(ThrowingCallable exchange) {
        assertThatExceptionOfType(BadPacketException.class)
                .isThrownBy(exchange)
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(EndReason.PROTOCOL_ERROR));
    }

    private static String stream(Rc4 cipher) {
        ByteBuf zeros = Unpooled.buffer().writeZero(64);
        cipher.apply(zeros, 0, 64);
        return Hex.of(zeros);
    }
}
