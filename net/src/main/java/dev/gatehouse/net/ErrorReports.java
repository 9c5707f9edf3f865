package dev.gatehouse.net;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings errors to the {@link ErrorListener}, on a thread that lives while there are some. Any thread. */
final class ErrorReports {
    static final int QUEUED_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ErrorListener.class);
    private static final long IDLE_MILLIS = 100;

    private final ErrorListener listener;
    private final LongAdder dropped = new LongAdder();
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1,
            1,
            IDLE_MILLIS,
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(QUEUED_MAX),
            Thread.ofVirtual().name("gatehouse-errors").factory(),
            (task, full) -> dropped.increment());

    ErrorReports(ErrorListener listener) {
        this.listener = listener;
        executor.allowCoreThreadTimeOut(true);
    }

    void report(Consumer<ErrorListener> event) {
        executor.execute(() -> {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.error("the error listener failed", e);
            }
        });
    }

    void error(ConnectionError error) {
        report(to -> to.error(error));
    }

    /** Errors that nobody heard of, because the listener was too slow. */
    long dropped() {
        return dropped.sum();
    }
}
