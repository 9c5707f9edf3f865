package kv;

/** A key, its value and when it expires. */
final class Entry {
    static final long NEVER = Long.MAX_VALUE;
    /** What an entry takes beside key and value: objects, references, its place in the map. About. */
    static final int OVERHEAD_BYTES = 128;

    final Key key;
    byte[] value = {};
    /** Milliseconds of the store's clock. */
    long expiresAt = NEVER;
    /** Where {@link Expirations} keeps it. */
    int position;

    Entry(Key key) {
        this.key = key;
    }

    long bytes() {
        return (long) OVERHEAD_BYTES + key.length() + value.length;
    }
}
