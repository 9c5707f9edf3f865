package dev.gatehouse.net;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server process does on signals. TERM, INT and HUP ask it to stop, and a second one ends it at once with the usual
 * exit code of that signal; QUIT stays the JVM's thread dump.
 *
 * <p>Signals are handled as such: a shutdown hook of the JVM would exit with the signal's code, and swallow the second one. A signal
 * that was ignored when the process began (nohup) stays ignored. Any thread.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int HANG_UP = 1;
    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;
    private static final int EXIT_CODE_BASE = 128;

    private final CountDownLatch stop = new CountDownLatch(1);

    private Signals() {}

    /** Handles TERM, INT and HUP from now on. */
    public static Signals install() {
        Signals signals = new Signals();
        signals.stopOn("TERM", TERMINATE);
        signals.stopOn("INT", INTERRUPT);
        signals.stopOn("HUP", HANG_UP);
        return signals;
    }

    /**
     * Runs {@code reload} on HUP from now on, instead of stopping; it may block, and what it throws is logged, also an error: the
     * process serves on.
     */
    public void onHangUp(Runnable reload) {
        handle("HUP", () -> {
            try {
                reload.run();
            } catch (RuntimeException | Error e) {
                LOG.error("the configuration stays as it was: {}", e.toString());
            }
        });
    }

    /** Waits for the first signal that asks for a stop. */
    public void awaitStop() throws InterruptedException {
        stop.await();
    }

    /** Waits for the first signal that asks for a stop, or until {@code other} completes, however it does. */
    void awaitStop(CompletableFuture<?> other) throws InterruptedException {
        CompletableFuture<?> unused = other.whenComplete((result, failure) -> stop.countDown());
        stop.await();
    }

    private void stopOn(String name, int number) {
        handle(name, () -> stop(name, number));
    }

    private synchronized void stop(String name, int number) {
        if (stop.getCount() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE_BASE + number);
        }
        LOG.info("stopping on {}", name);
        stop.countDown();
    }

    /** By reflection: sun.misc.Signal is the only way to a signal, but no part of the Java API. */
    @SuppressWarnings("ReferenceEquality")
    private static void handle(String name, Runnable action) {
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "handler of " + name;
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            LOG.debug("{} is left to the JVM: {}", name, String.valueOf(e.getCause()));
        }
    }
}
