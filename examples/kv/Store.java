package kv;

import java.util.ArrayList;
import java.util.List;

/**
 * All databases, and what they share: the clock and the memory. On the one event loop of the server, so that nothing is locked and each
 * command is atomic.
 */
final class Store {
    private static final long NANOS_A_MILLISECOND = 1_000_000;

    private final List<Database> databases = new ArrayList<>();
    private final long bytesMax;
    private long bytes;
    private long nanos;
    private int sweepFrom;

    /** Keys and values may take {@code bytesMax} together, as far as {@link Entry#bytes} knows. */
    Store(int databaseCount, long bytesMax) {
        this.bytesMax = bytesMax;
        for (int i = 0; i < databaseCount; i++) {
            databases.add(new Database(this));
        }
    }

    List<Database> databases() {
        return databases;
    }

    long bytes() {
        return bytes;
    }

    long bytesMax() {
        return bytesMax;
    }

    /** What the time is from now on: nanoseconds since the start. */
    void time(long nanos) {
        this.nanos = nanos;
    }

    /** Milliseconds. */
    long now() {
        return nanos / NANOS_A_MILLISECOND;
    }

    /** Takes memory. */
    void take(long more) {
        if (more > 0 && bytes + more > bytesMax) {
            throw CommandException.outOfMemory();
        }
        bytes += more;
    }

    /** Removes what has expired; looks at {@code count} entries at most. */
    void sweep(int count) {
        int left = count;
        for (int i = 0; i < databases.size() && left > 0; i++) {
            sweepFrom = (sweepFrom + 1) % databases.size();
            left -= databases.get(sweepFrom).sweep(left);
        }
    }
}
