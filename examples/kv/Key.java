package kv;

import java.util.Arrays;

/**
 * A key: bytes. One that looks for others is filled again for each request; a copy of it goes into the map. Keys have an order, so that
 * a map stays fast when somebody makes their hashes collide.
 */
final class Key implements Comparable<Key> {
    private static final int BYTES_KEPT = 1024;

    private byte[] bytes;
    private int length;
    private int hash;

    Key() {
        bytes = new byte[64];
    }

    private Key(Key other) {
        bytes = Arrays.copyOf(other.bytes, other.length);
        length = other.length;
        hash = other.hash;
    }

    /** Becomes the key that an argument is. */
    Key read(Request request, int argument) {
        length = request.length(argument);
        if (bytes.length < length) {
            bytes = new byte[length];
        } else if (bytes.length > BYTES_KEPT && length <= BYTES_KEPT) {
            bytes = new byte[BYTES_KEPT];
        }
        request.copy(argument, bytes);
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum = 31 * sum + bytes[i];
        }
        hash = sum;
        return this;
    }

    Key copy() {
        return new Key(this);
    }

    int length() {
        return length;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key
                && hash == key.hash
                && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compare(bytes, 0, length, other.bytes, 0, other.length);
    }
}
