package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Random;

/** Whatever comes, a framing cuts the same frames within its limit however it comes, or refuses it. */
class FramingFuzzTest {
    private static final int MAX = 20;

    private static void check(Framing framing, int payloadBytesMax, byte[] input) {
        Cutter.Outcome outcome = Cutter.outcomeHoweverSplit(framing, input, new Random(Arrays.hashCode(input)));
        assertThat(outcome.payloads()).allMatch(hex -> hex.length() <= 2 * payloadBytesMax);
    }

    @FuzzTest
    void delimited(byte[] input) {
        check(Framing.delimited((byte) 0, MAX), MAX, input);
    }

    @FuzzTest
    void lines(byte[] input) {
        check(Framing.lines(MAX), MAX, input);
    }

    @FuzzTest
    void untilEof(byte[] input) {
        check(Framing.untilEof(MAX), MAX, input);
    }

    @FuzzTest
    void lengthPrefixed(byte[] input) {
        for (int lengthBytes = 1; lengthBytes <= 4; lengthBytes++) {
            check(Framing.lengthPrefixed(lengthBytes, MAX), MAX, input);
        }
    }

    @FuzzTest
    void typed(byte[] input) {
        check(Framing.typed(MAX), 12 + MAX, input);
    }

    @FuzzTest
    void fixed(byte[] input) {
        check(Framing.fixed(MAX), MAX, input);
    }
}
