package dev.gatehouse.app;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server process does on signals. TERM and INT ask it to stop, and the second one ends it at once with the usual exit code
 * of that signal. HUP does what the server says. Signals are handled as such: a shutdown hook of the JVM would exit with
 * the signal's code, and swallow the second one. A signal that was ignored when the process began (nohup) stays ignored.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int HANG_UP = 1;
    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;
    private static final int EXIT_CODE_BASE = 128;

    private final CountDownLatch stop = new CountDownLatch(1);

    /** Handles TERM and INT from now on, and HUP as TERM. */
    static Signals install() {
        Signals signals = new Signals();
        signals.stopOn("TERM", TERMINATE);
        signals.stopOn("INT", INTERRUPT);
        signals.stopOn("HUP", HANG_UP);
        return signals;
    }

    /**
     * Runs {@code reload} on HUP from now on; it may block, and what it throws is logged, also an error: the
     * process serves on.
     */
    void onHangUp(Runnable reload) {
        org.jline.utils.Signals.register("HUP", () -> {
            try {
                reload.run();
            } catch (RuntimeException | Error e) {
                LOG.error("the configuration stays as it was: {}", e.toString());
            }
        });
    }

    /** Waits for the first signal that asks for a stop. */
    void awaitStop() throws InterruptedException {
        stop.await();
    }

    private void stopOn(String name, int number) {
        org.jline.utils.Signals.register(name, () -> stop(name, number));
    }

    private synchronized void stop(String name, int number) {
        if (stop.getCount() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE_BASE + number);
        }
        LOG.info("stopping on {}", name);
        stop.countDown();
    }
}
