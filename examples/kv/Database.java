package kv;

import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** The keys that a client can see at a time. On the server's event loop. */
final class Database {
    private final Store store;
    private final HashMap<Key, Entry> entries = new HashMap<>();
    private final Expirations expirations = new Expirations();

    Database(Store store) {
        this.store = store;
    }

    int size() {
        return entries.size();
    }

    /** How many of the keys expire. */
    int expiring() {
        return expirations.size();
    }

    /** The entry of a key; null for none. */
    @Nullable
    Entry find(Key key) {
        Entry entry = entries.get(key);
        if (entry != null && entry.expiresAt <= store.now()) {
            remove(entry);
            return null;
        }
        return entry;
    }

    /** A new entry without a value; there must be none for the key. Its memory isn't taken yet if this throws. */
    Entry add(Key key, int valueBytes) {
        store.take((long) Entry.OVERHEAD_BYTES + key.length() + valueBytes);
        Entry entry = new Entry(key.copy());
        entry.value = new byte[valueBytes];
        entries.put(entry.key, entry);
        return entry;
    }

    /** Makes room for a value of so many bytes, which the caller writes; an array of the same size is used again. */
    byte[] resize(Entry entry, int valueBytes) {
        if (entry.value.length != valueBytes) {
            store.take((long) valueBytes - entry.value.length);
            entry.value = new byte[valueBytes];
        }
        return entry.value;
    }

    void expireAt(Entry entry, long millis) {
        expirations.expireAt(entry, millis);
    }

    void remove(Entry entry) {
        expirations.expireAt(entry, Entry.NEVER);
        entries.remove(entry.key);
        store.take(-entry.bytes());
    }

    int sweep(int count) {
        return expirations.sweep(store.now(), count, this::remove);
    }
}
