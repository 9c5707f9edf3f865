package kv;

/** Numbers of 64 bits as decimal text, which has one way only to write each: no plus, no zeros before it. */
final class Decimal {
    /** The digits of the largest ones, and a minus. */
    static final int BYTES_MAX = 20;

    private Decimal() {}

    /**
     * Reads a number.
     *
     * @throws CommandException if the text isn't one
     */
    static long parse(byte[] text) {
        boolean negative = text.length > 0 && text[0] == '-';
        int from = negative ? 1 : 0;
        if (text.length == from || text.length > BYTES_MAX || (text[from] == '0' && text.length > 1)) {
            throw CommandException.notAnInteger();
        }
        // Below zero there is one number more than above.
        long value = 0;
        for (int i = from; i < text.length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
                throw CommandException.notAnInteger();
            }
            value = 10 * value - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw CommandException.notAnInteger();
        }
        return negative ? value : -value;
    }

    /** Writes a number in front of index {@code end}, and returns the index of its first byte. */
    static int write(long value, byte[] into, int end) {
        int index = end;
        long rest = value;
        do {
            into[--index] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            into[--index] = '-';
        }
        return index;
    }
}
