package dev.gatehouse.app;

import dev.gatehouse.app.operator.Terminals;
import dev.gatehouse.net.Signals;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that serves until a signal ends it: starts, says where it listens, waits, and stops in order. */
final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    private ServerProcess() {}

    /**
     * Serves, and returns after the stop.
     *
     * @param start starts the server; returns when it is ready
     * @return the exit code
     */
    static int serve(Duration grace, Supplier<? extends Served> start) throws InterruptedException {
        Signals signals = Signals.install();
        Served served = start.get();
        served.reload().ifPresent(signals::onHangUp);
        announce(served);
        signals.awaitStop();
        boolean orderly = served.stop(grace);
        LOG.info("stopped{}", orderly ? "" : "; what was left at the end of the grace period was broken off");
        return 0;
    }

    // The one line on the standard output stream, for which scripts wait; more only for people.
    @SuppressWarnings("SystemOut")
    private static void announce(Served served) {
        System.out.println(served.readyLine());
        if (Terminals.output()) {
            served.hints().forEach(System.out::println);
        }
        System.out.flush();
    }
}
