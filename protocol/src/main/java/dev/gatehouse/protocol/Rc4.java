package dev.gatehouse.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Objects;

/**
 * The stream cipher RC4, without dropped bytes: one direction of one session. Insecure: its keystream is biased and nothing
 * authenticates the packets. It is here only because existing clients speak it; whoever needs secrecy puts TLS under the
 * connection.
 *
 * <p>The algorithm is Rivest's, as RFC 6229 gives its vectors. The JDK has it too (ARCFOUR), but refuses keys below 5 bytes,
 * where a legal key here has 3, and can't work in place on a Netty buffer without copies. Encrypting and decrypting are the
 * same operation. Not thread-safe: the session's event loop.
 */
public final class Rc4 {
    private static final int STATE_BYTES = 256;

    private final byte[] state = new byte[STATE_BYTES];
    private int i;
    private int j;

    /**
     * A cipher at the start of the key's stream; the key isn't kept.
     *
     * @throws IllegalArgumentException if the key hasn't 1..256 bytes
     */
    public Rc4(byte[] key) {
        if (key.length == 0 || key.length > STATE_BYTES) {
            throw new IllegalArgumentException("key: " + key.length + " bytes (expected: 1..256)");
        }
        for (int at = 0; at < STATE_BYTES; at++) {
            state[at] = (byte) at;
        }
        int other = 0;
        for (int at = 0; at < STATE_BYTES; at++) {
            other = (other + state[at] + key[at % key.length]) & 0xFF;
            byte swapped = state[at];
            state[at] = state[other];
            state[other] = swapped;
        }
    }

    /**
     * Encrypts or decrypts {@code length} bytes from {@code index} in place, and moves on in the key's stream by as many.
     * Reader and writer index stay where they are.
     *
     * @throws IndexOutOfBoundsException if the range isn't within the buffer's capacity; nothing has changed then
     */
    public void apply(ByteBuf buffer, int index, int length) {
        Objects.checkFromIndexSize(index, length, buffer.capacity());
        if (buffer.hasArray()) {
            apply(buffer.array(), buffer.arrayOffset() + index, length);
            return;
        }
        // Eight bytes an access: outside of the heap each access pays for its checks.
        int end = index + length;
        int at = index;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            buffer.setLong(at, buffer.getLong(at) ^ nextLong());
        }
        for (; at < end; at++) {
            buffer.setByte(at, buffer.getByte(at) ^ next());
        }
    }

    private void apply(byte[] bytes, int from, int length) {
        int end = from + length;
        for (int at = from; at < end; at++) {
            bytes[at] ^= (byte) next();
        }
    }

    private long nextLong() {
        long stream = 0;
        for (int count = 0; count < Long.BYTES; count++) {
            stream = stream << Byte.SIZE | next();
        }
        return stream;
    }

    /** The next byte of the stream, 0..255. */
    private int next() {
        i = (i + 1) & 0xFF;
        byte first = state[i];
        j = (j + first) & 0xFF;
        byte second = state[j];
        state[i] = second;
        state[j] = first;
        return state[(first + second) & 0xFF] & 0xFF;
    }
}
