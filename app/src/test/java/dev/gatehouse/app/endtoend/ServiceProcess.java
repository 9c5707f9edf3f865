package dev.gatehouse.app.endtoend;

import dev.gatehouse.app.process.ChildProcess;
import dev.gatehouse.app.process.GatehouseProcess;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A process of the demo service, in whatever language: it says where it is ready. */
record ServiceProcess(ChildProcess process, int port) {
    private static final Pattern READY = Pattern.compile("ready on 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern PACKETS = Pattern.compile("(\\d+) packets for users");

    /** The Java one, {@code gatehouse service}, not ready yet; port 0 takes a free one. */
    static ChildProcess java(int port, Map<String, String> environment) {
        return GatehouseProcess.startFast(
                environment, List.of("service", "--name", "game", "--listen", "127.0.0.1:" + port));
    }

    /** The Java one as a node of a cluster, not ready yet. */
    static ChildProcess clustered(String id, String coordinator, Map<String, String> environment) {
        return GatehouseProcess.startFast(
                environment,
                List.of(
                        "service",
                        "--name",
                        "game",
                        "--listen",
                        "127.0.0.1:0",
                        "--coordinator",
                        coordinator,
                        "--id",
                        id));
    }

    /** Waits until the process, which was just started, is ready. */
    static ServiceProcess ready(ChildProcess process) {
        return new ServiceProcess(
                process, Integer.parseInt(process.awaitLine(READY.pattern()).group(1)));
    }

    /** Stops it in order, and says how many packets it gave to users. */
    long stopAndCount() {
        process.signal("TERM");
        return awaitCount();
    }

    /** How many packets it gave to users, once it has stopped. */
    long awaitCount() {
        if (process.awaitExit() != 0) {
            throw new AssertionError("the service did not stop in order:\n" + process.errorText());
        }
        return PACKETS.matcher(process.errorText())
                .results()
                .findFirst()
                .map(m -> Long.parseLong(m.group(1)))
                .orElseThrow(() -> new AssertionError("the service did not count:\n" + process.errorText()));
    }
}
