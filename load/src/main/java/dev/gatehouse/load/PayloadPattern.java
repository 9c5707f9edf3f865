package dev.gatehouse.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The payloads of a load: each carries its client and its sequence, and every other byte follows from these two.
 *
 * <pre>
 *   0          4              12
 *  +----------+--------------+---------------------------------------+
 *  |  client  |   sequence   |  the pattern, from a place that the   |
 *  | 4 digits |   8 digits   |  client and the sequence choose       |
 *  +----------+--------------+---------------------------------------+
 * </pre>
 *
 * <p>A digit is 6 bits, written as a byte of 0x30..0x6F, so that a payload can be a line too. Works on arrays, which are what the compiler
 * makes the quickest code for. On one thread.
 */
final class PayloadPattern {
    static final int STAMP_BYTES = 12;
    static final long SEQUENCE_MASK = (1L << 48) - 1;
    static final int CLIENT_MASK = (1 << 24) - 1;

    private static final int PLACES = 64;
    private static final int PLACE_SHIFT = Long.SIZE - 6;
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
    private static final long DIGITS = 0x3030_3030_3030_3030L;
    private static final long SEED = 20_261_121;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] pattern;
    private int bytes;

    /**
     * A pattern for payloads of this size at most; at first they have it.
     *
     * @param text whether bytes that end a line are left out
     */
    PayloadPattern(int bytesMax, boolean text) {
        bytes = bytesMax;
        SplittableRandom random = new SplittableRandom(SEED);
        pattern = new byte[bytesMax + PLACES];
        for (int at = 0; at < pattern.length; ) {
            byte next = (byte) random.nextInt();
            if (!text || (next != '\n' && next != '\r')) {
                pattern[at++] = next;
            }
        }
    }

    /** Makes payloads of another size from now on. */
    void resize(int newBytes) {
        bytes = newBytes;
    }

    /** The size of a payload. */
    int bytes() {
        return bytes;
    }

    /** A client's number as its payloads carry it. */
    static int clientDigits(int client) {
        return (int) digits(client & CLIENT_MASK);
    }

    /** Writes the payload of this sequence. */
    void write(byte[] out, int at, int clientDigits, long sequence) {
        INT.set(out, at, clientDigits);
        LONG.set(out, at + Integer.BYTES, digits(sequence));
        System.arraycopy(pattern, place(clientDigits, sequence), out, at + STAMP_BYTES, bytes - STAMP_BYTES);
    }

    /** Whether these bytes are the payload of this sequence. */
    boolean matches(byte[] in, int at, int length, int clientDigits, long sequence) {
        if (length != bytes
                || (long) LONG.get(in, at + Integer.BYTES) != digits(sequence)
                || (int) INT.get(in, at) != clientDigits) {
            return false;
        }
        int place = place(clientDigits, sequence);
        return Arrays.equals(in, at + STAMP_BYTES, at + bytes, pattern, place, place + bytes - STAMP_BYTES);
    }

    /** The client's digits that a payload of the right size carries, whoever's they are. */
    static int clientDigits(byte[] in, int at) {
        return (int) INT.get(in, at);
    }

    /** The client whose digits these are, or any number where they are none. */
    static int client(int digits) {
        return (int) number(Integer.toUnsignedLong(digits) | DIGITS << Integer.SIZE) & CLIENT_MASK;
    }

    /** The sequence that a payload of the right size carries, or -1 where no sequence stands. */
    static long sequence(byte[] in, int at) {
        long digits = (long) LONG.get(in, at + Integer.BYTES);
        long sequence = number(digits);
        return digits(sequence) == digits ? sequence : -1;
    }

    /** Any bit of the stamp may choose another place (Fibonacci hashing). */
    private static int place(int clientDigits, long sequence) {
        long stamp = clientDigits ^ (sequence << Integer.SIZE) ^ sequence;
        return (int) ((stamp * GOLDEN_RATIO) >>> PLACE_SHIFT);
    }

    /** Spreads 48 bits over eight digits: halves, quarters, then eighths of the number move apart. */
    private static long digits(long number) {
        long spread = (number & 0x0000_0000_00FF_FFFFL) | (number & 0x0000_FFFF_FF00_0000L) << 8;
        spread = (spread & 0x0000_0FFF_0000_0FFFL) | (spread & 0x00FF_F000_00FF_F000L) << 4;
        spread = (spread & 0x003F_003F_003F_003FL) | (spread & 0x0FC0_0FC0_0FC0_0FC0L) << 2;
        return spread + DIGITS;
    }

    private static long number(long digits) {
        long spread = digits - DIGITS;
        spread = (spread & 0x003F_003F_003F_003FL) | (spread & 0x3F00_3F00_3F00_3F00L) >>> 2;
        spread = (spread & 0x0000_0FFF_0000_0FFFL) | (spread & 0x0FFF_0000_0FFF_0000L) >>> 4;
        return (spread & 0x0000_0000_00FF_FFFFL) | (spread & 0x00FF_FFFF_0000_0000L) >>> 8;
    }
}
