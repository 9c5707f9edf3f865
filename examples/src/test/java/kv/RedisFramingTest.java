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
    private static final int SHORTEST_REQUEST = 10;
    private static final int LIMIT_MIN = 16;

    @Override
    protected Framing framing(int max) {
        return new RedisFraming(new RequestLimits(max, max, 20, 50));
    }

    @Override
    protected int[] sizes(int max) {
        return new int[] {SHORTEST_REQUEST, SHORTEST_REQUEST + 1, max - 1, max};
    }

    @Override
    protected int limitMin() {
        return LIMIT_MIN;
    }

    /** A whole request of this size; bytes that are none if that is too small for one. */
    @Override
    protected byte[] payload(Random random, int size) {
        if (size < SHORTEST_REQUEST) {
            return super.payload(random, size);
        }
        String header = header(size);
        byte[] text = super.payload(random, size - header.length() - 2);
        return concat(header.getBytes(ISO_8859_1), text, "\r\n".getBytes(ISO_8859_1));
    }

    /** What stands before the last argument of a request of this size: it has one argument, or two, of which the first is empty. */
    private static String header(int size) {
        for (String first : List.of("*1\r\n", "*2\r\n$0\r\n\r\n")) {
            for (int last = 0; last < size; last++) {
                String header = first + "$" + last + "\r\n";
                if (header.length() + last + 2 == size) {
                    return header;
                }
            }
        }
        throw new IllegalArgumentException("size: " + size + " (expected: that of a request)");
    }

    @Override
    protected byte[] wire(byte[] payload) {
        return payload;
    }

    @Override
    protected byte[] tooLarge(int max) {
        return header(max + 1).getBytes(ISO_8859_1);
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
