package kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Framing;
import dev.gatehouse.net.FramingContract;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedisFramingTest extends FramingContract {
    /** A request of one argument that has one digit as its length. */
    private static final int AROUND_SHORT_ARGUMENT = 10;

    @Override
    protected Framing framing(int max) {
        return new RedisFraming(new RequestLimits(max, max, 20, 50));
    }

    @Override
    protected int[] sizes(int max) {
        return new int[] {AROUND_SHORT_ARGUMENT, AROUND_SHORT_ARGUMENT + 1, max - 1, max};
    }

    /** A whole request, if there is one of this size. */
    @Override
    protected byte[] payload(Random random, int size) {
        for (int argument = 0; argument < size; argument++) {
            String header = "*1\r\n$" + argument + "\r\n";
            if (header.length() + argument + 2 == size) {
                byte[] text = super.payload(random, argument);
                return concat(header.getBytes(ISO_8859_1), text, "\r\n".getBytes(ISO_8859_1));
            }
        }
        return super.payload(random, size);
    }

    @Override
    protected byte[] wire(byte[] payload) {
        return payload;
    }

    @Override
    protected byte[] tooLarge(int max) {
        int around = "*1\r\n$00\r\n\r\n".length();
        return ("*1\r\n$" + (max - around + 1) + "\r\n").getBytes(ISO_8859_1);
    }

    @Test
    void cutsLinesAndArraysFromOneStream() {
        assertThat(requests("PING\r\n*2\r\n$4\r\nECHO\r\n$2\r\n\r\n\r\n\r\nGET a\n*0\r\n*-1\r\nGET"))
                .containsExactly(
                        "PING\r\n", "*2\r\n$4\r\nECHO\r\n$2\r\n\r\n\r\n", "\r\n", "GET a\n", "*0\r\n", "*-1\r\n");
    }

    @Test
    void deliversAMistakeUpToWhereItShows() {
        assertThat(requests("*x\r\nrest").getFirst()).isEqualTo("*x\r\n");
        assertThat(requests("*01\r\nrest").getFirst()).isEqualTo("*01\r\n");
        assertThat(requests("*21\r\nrest").getFirst()).isEqualTo("*21\r\n");
        assertThat(requests("*1\r\n:1\r\nrest").getFirst()).isEqualTo("*1\r\n:1\r\n");
        assertThat(requests("*1\r\n$-1\r\nrest").getFirst()).isEqualTo("*1\r\n$-1\r\n");
        assertThat(requests("x".repeat(99)).getFirst()).hasSize(51);
    }

    private List<String> requests(String input) {
        byte[] bytes = input.getBytes(ISO_8859_1);
        int[] everywhere = new int[bytes.length];
        Arrays.setAll(everywhere, i -> i);
        List<String> whole =
                cut(bytes).stream().map(b -> new String(b, ISO_8859_1)).toList();
        assertThat(cut(bytes, everywhere).stream().map(b -> new String(b, ISO_8859_1)))
                .containsExactlyElementsOf(whole);
        return whole;
    }
}
