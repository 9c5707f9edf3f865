package kv;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The arguments of one request, as views of the bytes it came in; the first one names the command. Used again for each request, on the
 * event loop.
 */
final class Request {
    private static final int WORDS_BYTES_KEPT = 64 << 10;
    private static final int LONG_DIGITS_MAX = 20;

    private final RequestSyntax syntax;
    private final RequestSyntax.Arguments found = this::add;
    private final ByteBuf words = Unpooled.buffer(256);
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private int[] starts = new int[8];
    private int[] lengths = new int[8];
    private int count;

    Request(RequestSyntax syntax) {
        this.syntax = syntax;
    }

    /** Takes the next request: what {@link RedisFraming} found. The views are valid as long as the payload is. */
    void read(ByteBuf payload) throws ProtocolException {
        count = 0;
        bytes = payload;
        if (payload.getByte(payload.readerIndex()) == '*') {
            syntax.scan(payload, 0, found);
        } else {
            syntax.scan(payload, 0, (index, length) -> {});
            bytes = words.clear();
            Words.split(payload, words, found);
        }
    }

    /** Lets go of the payload. */
    void clear() {
        bytes = Unpooled.EMPTY_BUFFER;
        count = 0;
        if (words.capacity() > WORDS_BYTES_KEPT) {
            words.clear().capacity(WORDS_BYTES_KEPT);
        }
    }

    private void add(int index, int length) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        starts[count] = index;
        lengths[count++] = length;
    }

    /** How many arguments there are, with the command; 0 for an empty line. */
    int count() {
        return count;
    }

    int length(int argument) {
        return lengths[argument];
    }

    byte byteAt(int argument, int index) {
        return bytes.getByte(starts[argument] + index);
    }

    /** Copies an argument to the beginning of {@code into}. */
    void copy(int argument, byte[] into) {
        bytes.getBytes(starts[argument], into, 0, lengths[argument]);
    }

    /** Appends an argument to {@code out}. */
    void copy(int argument, ByteBuf out) {
        out.writeBytes(bytes, starts[argument], lengths[argument]);
    }

    String text(int argument) {
        return bytes.toString(starts[argument], lengths[argument], StandardCharsets.ISO_8859_1);
    }

    /** Whether an argument is this word, which is written in upper case; the argument needn't be. */
    boolean is(int argument, String word) {
        if (lengths[argument] != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            byte letter = byteAt(argument, i);
            if ((letter >= 'a' && letter <= 'z' ? letter - 32 : letter) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** An argument as a number of 64 bits. */
    long integer(int argument) {
        if (lengths[argument] > LONG_DIGITS_MAX) {
            throw CommandException.notAnInteger();
        }
        byte[] digits = new byte[lengths[argument]];
        copy(argument, digits);
        return Decimal.parse(digits);
    }
}
