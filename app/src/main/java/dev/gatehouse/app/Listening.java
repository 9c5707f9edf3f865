package dev.gatehouse.app;

import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.backend.ServiceStartException;
import dev.gatehouse.net.ListenException;
import java.util.function.Supplier;

/** Addresses that were typed, and servers that can't start: sentences for whoever runs the command. */
final class Listening {
    private Listening() {}

    /** Reads the value of an option. */
    static HostPort address(String option, String text) {
        try {
            return HostPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw new OperatorException(option + ": " + text + " (expected: HOST:PORT with a port of 0..65535)", e);
        }
    }

    /** Starts something; settings that it can't use, and an address where it can't listen, are the operator's to mend. */
    static <T> T start(Supplier<T> server) {
        try {
            return server.get();
        } catch (ListenException | ServiceStartException | IllegalArgumentException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }
}
