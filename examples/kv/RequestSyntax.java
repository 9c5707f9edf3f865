package kv;

import dev.gatehouse.net.CloseReason;
import dev.gatehouse.net.FramingException;
import io.netty.buffer.ByteBuf;

/**
 * Where a request ends and where its arguments stand.
 *
 * <pre>
 *   | * count \r\n | $ length \r\n argument \r\n | $ length \r\n argument \r\n | ...      an array of arguments
 *   | word word "quoted word" ... \n |                                                   or a plain line
 * </pre>
 *
 * <p>The format is that of the <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis protocol</a>; so are
 * the mistakes that it tells apart.
 */
final class RequestSyntax {
    private static final int INCOMPLETE = Integer.MIN_VALUE;
    private static final int INVALID = Integer.MIN_VALUE + 1;
    /** A type byte, then {@code \r\n} behind the digits. */
    private static final int AROUND_NUMBER = 3;

    private static final int NEWLINE_BYTES = 2;

    private final RequestLimits limits;

    RequestSyntax(RequestLimits limits) {
        this.limits = limits;
    }

    /** Hears where the arguments of an array stand. */
    @FunctionalInterface
    interface Arguments {
        /** The next argument. */
        void add(int index, int length);
    }

    /**
     * Looks at the bytes from the reader to the writer index.
     *
     * @param scanned how many of them were looked at in vain before, for a plain line
     * @return how many bytes the request has; or, negative, how many are needed at least
     */
    int scan(ByteBuf in, int scanned, Arguments arguments) throws ProtocolException {
        if (!in.isReadable()) {
            return -1;
        }
        boolean array = in.getByte(in.readerIndex()) == '*';
        int length = array ? scanArray(in, arguments) : scanLine(in, scanned);
        if (Math.abs((long) length) > limits.requestBytesMax()) {
            throw tooLarge(Math.abs((long) length));
        }
        return length;
    }

    private int scanLine(ByteBuf in, int scanned) throws ProtocolException {
        int start = in.readerIndex();
        int newline = in.indexOf(start + scanned, in.writerIndex(), (byte) '\n');
        int length = (newline < 0 ? in.writerIndex() : newline) - start;
        if (length > limits.inlineBytesMax()) {
            throw mistake(limits.inlineBytesMax() + 1, "too big inline request");
        }
        return newline < 0 ? -(length + 1) : length + 1;
    }

    private int scanArray(ByteBuf in, Arguments arguments) throws ProtocolException {
        int start = in.readerIndex();
        int count = number(in, start, "too big mbulk count string");
        if (count == INCOMPLETE) {
            return -(in.readableBytes() + 1);
        } else if (count == INVALID || count > limits.argumentsMax()) {
            throw mistake(lineEnd(in, start) - start, "invalid multibulk length");
        }
        if (count <= 0) {
            return lineEnd(in, start) - start;
        }
        int index = start + AROUND_NUMBER + digits(count);
        for (int i = 0; i < count; i++) {
            int length = argumentLength(in, index, index - start);
            if (length == INCOMPLETE) {
                return -(in.readableBytes() + 1);
            }
            index += AROUND_NUMBER + digits(length);
            long end = (long) index + length + NEWLINE_BYTES;
            if (end - start > limits.requestBytesMax()) {
                throw tooLarge(end - start);
            } else if (end > in.writerIndex()) {
                return start - (int) end;
            }
            arguments.add(index, length);
            index = (int) end;
        }
        return index - start;
    }

    private int argumentLength(ByteBuf in, int index, int before) throws ProtocolException {
        int length = number(in, index, "too big bulk count string");
        if (length == INCOMPLETE) {
            return length;
        }
        byte type = in.getByte(index);
        if (type != '$') {
            throw mistake(lineEnd(in, index) - index + before, "expected '$', got '" + (char) (type & 0xFF) + "'");
        } else if (length < 0 || length > limits.bulkBytesMax()) {
            throw mistake(lineEnd(in, index) - index + before, "invalid bulk length");
        }
        return length;
    }

    /**
     * Reads the number behind the type byte at {@code index}. It is written in one way only (no plus, no zeros before it), so its value says
     * how many digits it has.
     */
    private int number(ByteBuf in, int index, String tooLong) throws ProtocolException {
        int end = in.writerIndex();
        if (index + 1 < end && in.getByte(index) == '\r') {
            return INVALID;
        }
        long value = 0;
        int limit = Math.min(end, index + limits.inlineBytesMax());
        for (int i = index + 1; i < limit; i++) {
            byte digit = in.getByte(i);
            if (digit == '\r') {
                return i + 1 < end ? canonical(in, index + 1, i, value) : INCOMPLETE;
            }
            boolean fits = value >= 0 && value <= Integer.MAX_VALUE;
            value = fits && digit >= '0' && digit <= '9' ? 10 * value + digit - '0' : -1;
        }
        if (end - index > limits.inlineBytesMax()) {
            throw mistake(index - in.readerIndex() + limits.inlineBytesMax() + 1, tooLong);
        }
        return INCOMPLETE;
    }

    private static int canonical(ByteBuf in, int from, int to, long value) {
        if (value >= 0 && value <= Integer.MAX_VALUE && digits((int) value) == to - from) {
            return (int) value;
        }
        return to - from > 1 && in.getByte(from) == '-' ? negative(in, from + 1, to) : INVALID;
    }

    /** A negative number, as -1 whichever it is; nothing here needs to know more. */
    private static int negative(ByteBuf in, int from, int to) {
        for (int i = from; i < to; i++) {
            byte digit = in.getByte(i);
            if (digit < '0' || digit > '9' || (i == from && digit == '0')) {
                return INVALID;
            }
        }
        return -1;
    }

    private static int lineEnd(ByteBuf in, int from) {
        return in.indexOf(from, in.writerIndex(), (byte) '\r') + NEWLINE_BYTES;
    }

    private static int digits(int value) {
        int digits = 1;
        for (int rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private ProtocolException mistake(int bytes, String message) {
        if (bytes > limits.requestBytesMax()) {
            throw tooLarge(bytes);
        }
        return new ProtocolException(bytes, message);
    }

    private FramingException tooLarge(long bytes) {
        return new FramingException(
                CloseReason.FRAME_TOO_LARGE,
                "frame of " + bytes + " bytes (expected: 0.." + limits.requestBytesMax() + ")");
    }
}
