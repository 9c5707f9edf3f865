package kv;

import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * The entries that expire, in no order. A sweep looks at the next few of them, from where the last one stopped, so that no sweep takes
 * long; what expires between two looks is found when somebody asks for it.
 */
final class Expirations {
    private final ArrayList<Entry> entries = new ArrayList<>();
    private int next;

    int size() {
        return entries.size();
    }

    /** Sets when an entry expires, {@link Entry#NEVER} for never. */
    void expireAt(Entry entry, long millis) {
        boolean before = entry.expiresAt != Entry.NEVER;
        boolean after = millis != Entry.NEVER;
        entry.expiresAt = millis;
        if (after && !before) {
            entry.position = entries.size();
            entries.add(entry);
        } else if (before && !after) {
            Entry last = entries.removeLast();
            if (last != entry) {
                entries.set(entry.position, last);
                last.position = entry.position;
            }
        }
    }

    /** Looks at {@code count} entries at most, and gives those that have expired to {@code expired}, which takes them out. */
    int sweep(long now, int count, Consumer<Entry> expired) {
        int looks = Math.min(count, entries.size());
        for (int i = 0; i < looks && !entries.isEmpty(); i++) {
            // From the end, because a removal moves the last one into the gap.
            next = next > 0 && next <= entries.size() ? next - 1 : entries.size() - 1;
            Entry entry = entries.get(next);
            if (entry.expiresAt <= now) {
                expired.accept(entry);
            }
        }
        return looks;
    }
}
