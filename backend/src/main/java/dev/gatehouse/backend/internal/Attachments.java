package dev.gatehouse.backend.internal;

import dev.gatehouse.backend.User;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The books of a node: who is attached, the newest of each id, and which attachments haven't come to their end. Any thread. */
final class Attachments {

    private final ConcurrentMap<Long, User> newest = new ConcurrentHashMap<>();
    private final Set<Attachment> all = ConcurrentHashMap.newKeySet();
    private final Object emptied = new Object();

    void add(Attachment attachment) {
        all.add(attachment);
        newest.put(attachment.id(), attachment);
    }

    /** Takes an attachment off {@link #users}, unless a newer one of the same user has its place. */
    void leaving(Attachment attachment) {
        newest.remove(attachment.id(), attachment);
    }

    /** Takes an attachment off the books: it has ended. */
    void left(Attachment attachment) {
        all.remove(attachment);
        if (all.isEmpty()) {
            synchronized (emptied) {
                emptied.notifyAll();
            }
        }
    }

    Collection<User> users() {
        return Collections.unmodifiableCollection(newest.values());
    }

    Optional<User> user(long id) {
        return Optional.ofNullable(newest.get(id));
    }

    /** All that haven't ended, stale ones too. */
    List<Attachment> all() {
        return List.copyOf(all);
    }

    /** Waits until none is left, or the time is over. */
    boolean awaitEmpty(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        synchronized (emptied) {
            while (!all.isEmpty()) {
                long rest = end - System.nanoTime();
                if (rest <= 0) {
                    return false;
                }
                emptied.wait(rest / 1_000_000 + 1);
            }
        }
        return true;
    }
}
