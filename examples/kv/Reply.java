package kv;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes replies, in version 2 or 3 of the Redis protocol. Used again for each request, on the event loop.
 *
 * <pre>
 *   + text \r\n   - error \r\n   : number \r\n   $ length \r\n bytes \r\n   * count \r\n elements      both versions
 *   _ \r\n   % pairs \r\n keys, values   ~ count \r\n elements   = length \r\n txt: text \r\n          version 3
 * </pre>
 */
final class Reply {
    private static final byte[] OK = ascii("+OK\r\n");
    private static final byte[] NOTHING_2 = ascii("$-1\r\n");
    private static final byte[] NOTHING_3 = ascii("_\r\n");
    private static final byte[] NEWLINE = ascii("\r\n");

    private final byte[] line = new byte[1 + Decimal.BYTES_MAX + 2];
    private ByteBuf out = Unpooled.EMPTY_BUFFER;
    private boolean version3;
    private int start;

    Reply() {
        line[line.length - 2] = '\r';
        line[line.length - 1] = '\n';
    }

    /** Goes on to the reply that is appended to {@code out}, in protocol version 2 or 3. */
    void begin(ByteBuf out, int version) {
        this.out = out;
        start = out.writerIndex();
        version3 = version == 3;
    }

    /** For the rest of this reply. */
    void version(int version) {
        version3 = version == 3;
    }

    void ok() {
        out.writeBytes(OK);
    }

    /** A short text without newlines. */
    void simple(String text) {
        out.writeByte('+');
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        out.writeBytes(NEWLINE);
    }

    /** An error, in the place of all that was written of this reply. */
    void error(String message) {
        out.writerIndex(start).writeByte('-');
        out.writeCharSequence(message.replace('\r', ' ').replace('\n', ' '), StandardCharsets.ISO_8859_1);
        out.writeBytes(NEWLINE);
    }

    void integer(long value) {
        number(':', value);
    }

    /** No value. */
    void nothing() {
        out.writeBytes(version3 ? NOTHING_3 : NOTHING_2);
    }

    void bulk(byte[] value) {
        number('$', value.length);
        out.writeBytes(value).writeBytes(NEWLINE);
    }

    void bulk(String ascii) {
        bulk(ascii(ascii));
    }

    /** An argument of the request. */
    void bulk(Request request, int argument) {
        number('$', request.length(argument));
        request.copy(argument, out);
        out.writeBytes(NEWLINE);
    }

    /** So many elements follow. */
    void array(int count) {
        number('*', count);
    }

    /** So many different elements follow. */
    void set(int count) {
        number(version3 ? '~' : '*', count);
    }

    /** So many pairs of a key and a value follow. */
    void map(int pairs) {
        number(version3 ? '%' : '*', version3 ? pairs : 2 * pairs);
    }

    /** A map of texts. */
    void map(Map<String, String> pairs) {
        map(pairs.size());
        pairs.forEach((key, value) -> {
            bulk(key);
            bulk(value);
        });
    }

    /** A text for people. */
    void text(String text) {
        if (version3) {
            number('=', text.length() + 4);
            out.writeCharSequence("txt:" + text + "\r\n", StandardCharsets.ISO_8859_1);
        } else {
            bulk(text);
        }
    }

    private void number(char type, long value) {
        int from = Decimal.write(value, line, line.length - NEWLINE.length) - 1;
        line[from] = (byte) type;
        out.writeBytes(line, from, line.length - from);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
