package dev.gatehouse.net;

import org.jspecify.annotations.Nullable;

/**
 * A connection's deadlines for reading: the handshakes, the first message, and idleness. They run from the accept on (a TLS handshake counts
 * too) and rest while reading is paused. On the event loop; times are its clock's.
 */
final class Deadlines {
    private final ConnectionOptions options;
    private long openedNanos;
    private long readNanos;
    private long pausedNanos;
    private boolean paused;
    private boolean opened;
    private boolean anyMessage;
    private boolean inputClosed;

    Deadlines(ConnectionOptions options) {
        this.options = options;
    }

    void start(long now) {
        openedNanos = now;
        readNanos = now;
    }

    /** The handshakes are over. */
    void opened() {
        opened = true;
    }

    void read(long now) {
        readNanos = now;
    }

    void message() {
        anyMessage = true;
    }

    /** Nothing will come any more, so nothing is awaited. */
    void inputClosed() {
        inputClosed = true;
    }

    void pause(long now) {
        paused = true;
        pausedNanos = now;
    }

    void resume(long now) {
        paused = false;
        openedNanos += now - pausedNanos;
        readNanos = now;
    }

    /** The deadline that has passed; null for none. */
    @Nullable
    CloseReason passed(long now) {
        if (paused || inputClosed) {
            return null;
        } else if (!anyMessage
                && passed(now, openedNanos, options.firstMessageTimeout().toNanos())) {
            return CloseReason.FIRST_MESSAGE_TIMEOUT;
        } else if (!opened
                && passed(now, openedNanos, options.handshakeTimeout().toNanos())) {
            return CloseReason.HANDSHAKE_TIMEOUT;
        }
        return passed(now, readNanos, options.idleTimeout().toNanos()) ? CloseReason.IDLE_TIMEOUT : null;
    }

    private static boolean passed(long now, long since, long timeout) {
        return timeout > 0 && now - since >= timeout;
    }
}
