package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadPatternTest {
    private static final int CLIENT = 70_007;

    private static byte[] payload(PayloadPattern pattern, int client, long sequence) {
        byte[] payload = new byte[pattern.bytes()];
        pattern.write(payload, 0, PayloadPattern.clientDigits(client), sequence);
        return payload;
    }

    private static boolean matches(PayloadPattern pattern, byte[] payload, int client, long sequence) {
        return pattern.matches(payload, 0, payload.length, PayloadPattern.clientDigits(client), sequence);
    }

    @Test
    void carriesItsClientAndItsSequence() {
        PayloadPattern pattern = new PayloadPattern(64, false);
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 10_000; round++) {
            int client = random.nextInt(PayloadPattern.CLIENT_MASK + 1);
            long sequence = random.nextLong() & PayloadPattern.SEQUENCE_MASK;
            byte[] payload = payload(pattern, client, sequence);
            assertThat(PayloadPattern.client(PayloadPattern.clientDigits(payload, 0)))
                    .isEqualTo(client);
            assertThat(PayloadPattern.sequence(payload, 0)).isEqualTo(sequence);
            assertThat(matches(pattern, payload, client, sequence)).isTrue();
            assertThat(matches(pattern, payload, client, sequence + 1)).isFalse();
        }
    }

    @Test
    void seesEveryBitThatChanges() {
        PayloadPattern pattern = new PayloadPattern(40, false);
        for (int bit = 0; bit < 40 * Byte.SIZE; bit++) {
            byte[] payload = payload(pattern, CLIENT, 9);
            int at = bit / Byte.SIZE;
            payload[at] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(matches(pattern, payload, CLIENT, 9)).as("bit %s", bit).isFalse();
        }
    }

    @Test
    void hasNoEndOfALineInATextAndAllBytesElse() {
        PayloadPattern text = new PayloadPattern(10_000, true);
        PayloadPattern bytes = new PayloadPattern(10_000, false);
        assertThat(distinct(payload(text, CLIENT, 1))).isEqualTo(254);
        assertThat(distinct(payload(bytes, CLIENT, 1))).isEqualTo(256);
        for (long sequence = 0; sequence < 1000; sequence++) {
            byte[] payload = payload(text, CLIENT, sequence);
            assertThat(payload).doesNotContain('\n', '\r');
        }
    }

    private static long distinct(byte[] payload) {
        return IntStream.range(0, payload.length)
                .map(at -> payload[at])
                .distinct()
                .count();
    }
}
