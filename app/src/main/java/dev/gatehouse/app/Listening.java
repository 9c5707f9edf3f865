package dev.gatehouse.app;

import dev.gatehouse.app.config.HostPort;
import dev.gatehouse.app.operator.OperatorException;
import dev.gatehouse.backend.ServiceStartException;
import dev.gatehouse.cluster.store.StoreException;
import dev.gatehouse.net.ListenException;
import java.util.function.Supplier;

/** Addresses that were typed, and servers that can't start: sentences for whoever runs the command. */
final class Listening {
    private Listening() {}

    /** Reads an address to listen on: the value of an option. */
    static HostPort address(String option, String text) {
        return address(option, text, 0);
    }

    /** Reads an address to connect to. */
    static HostPort peer(String option, String text) {
        return address(option, text, 1);
    }

    private static HostPort address(String option, String text, int portMin) {
        try {
            HostPort address = HostPort.parse(text);
            if (address.port() >= portMin) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // It gets the same sentence as a port that is too small.
        }
        throw new OperatorException(
                option + ": " + text + " (expected: HOST:PORT with a port of " + portMin + "..65535)");
    }

    /** Starts something; settings that it can't use, and an address where it can't listen, are the operator's to mend. */
    static <T> T start(Supplier<T> server) {
        try {
            return server.get();
        } catch (ListenException | ServiceStartException | StoreException | IllegalArgumentException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }
}
