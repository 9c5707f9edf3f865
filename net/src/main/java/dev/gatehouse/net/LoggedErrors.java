package dev.gatehouse.net;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs errors, so few a second that strangers can't fill a disk by them. One call at a time. */
final class LoggedErrors implements ErrorListener {
    static final int LINES_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Predicate<ConnectionError> which;
    private long secondBegan = System.nanoTime();
    private int lines;
    private int unlogged;

    LoggedErrors(Predicate<ConnectionError> which) {
        this.which = which;
    }

    @Override
    public void error(ConnectionError error) {
        if (!which.test(error)) {
            return;
        }
        String connection = error.connectionId() == 0 ? "-" : "c" + error.connectionId();
        String line = String.join(
                " ",
                connection,
                Address.format(error.remoteAddress()),
                error.closeReason().map(CloseReason::name).orElse("reported"),
                error.message());
        CloseReason reason = error.closeReason().orElse(CloseReason.LOCAL);
        if (reason == CloseReason.PEER_RESET) {
            LOG.debug("{}", line);
        } else if (!mayLog()) {
            unlogged++;
        } else if (reason == CloseReason.HANDLER_ERROR) {
            LOG.error("{}", line, error.cause().orElse(null));
        } else {
            LOG.warn("{}", line);
        }
    }

    @Override
    public void acceptFailed(InetSocketAddress listener, Throwable cause) {
        if (mayLog()) {
            LOG.warn("{} can't accept: {}", Address.format(listener), cause.getMessage());
        }
    }

    private boolean mayLog() {
        long now = System.nanoTime();
        if (now - secondBegan >= SECOND) {
            if (unlogged > 0) {
                LOG.warn("{} more errors of connections are not logged", unlogged);
            }
            secondBegan = now;
            lines = 0;
            unlogged = 0;
        }
        return lines++ < LINES_MAX;
    }
}
