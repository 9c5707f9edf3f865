package dev.gatehouse.net.allocation;

import java.net.InetSocketAddress;
import java.util.List;

/** A server whose allocations are counted. It is made in a JVM of its own, by its constructor without arguments. */
public interface MeasuredServer {
    /** Starts it, with as few event loops as it can have, and gives where it listens. */
    InetSocketAddress start(List<String> arguments) throws Exception;

    /** Connects client number {@code number} (0..{@link AllocationRun#CLIENTS} - 1). */
    MeasuredClient connect(InetSocketAddress address, int number) throws Exception;

    /** Whether it counts what a thread of this name allocates; by default, if it is an event loop of {@code net}. */
    default boolean counts(String threadName) {
        return threadName.startsWith("gatehouse");
    }
}
