package dev.gatehouse.net;

import java.net.InetSocketAddress;
import java.util.function.Predicate;

/**
 * Hears what goes wrong on the connections of a server or a client.
 *
 * <p>It runs on a thread of its own, one call at a time, and may block: errors wait for it in a queue of {@value
 * ErrorReports#QUEUED_MAX}; what doesn't fit is counted ({@link ServerStatistics#errorsDropped}) and dropped. What it throws is
 * logged. So a slow or broken listener can't hurt anybody else.
 */
@FunctionalInterface
public interface ErrorListener {
    /** A connection ended for a cause that neither side chose, or its handler reported an error and goes on. */
    void error(ConnectionError error);

    /** A listener could not accept, for example because no file descriptors are left; it tries again later. */
    default void acceptFailed(InetSocketAddress listener, Throwable cause) {
        logging().acceptFailed(listener, cause);
    }

    /**
     * Logs each error as a line, resets by peers at level debug, and with the stack trace what a handler threw; at most {@value LoggedErrors#LINES_MAX} a second.
     */
    static ErrorListener logging() {
        return logging(error -> true);
    }

    /** As {@link #logging()}, but only the errors that {@code which} accepts, and every failure to accept. */
    static ErrorListener logging(Predicate<ConnectionError> which) {
        return new LoggedErrors(which);
    }
}
