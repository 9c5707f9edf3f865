package kv;

import dev.gatehouse.net.Ticker;

/**
 * How a server is set up.
 *
 * @param limits what a client may send
 * @param databases how many databases there are: 1 or more
 * @param connectionsMax how many clients there may be: 1 or more
 * @param memoryBytesMax how much memory keys and values may take, about; beyond it, commands that need more fail
 * @param sweepEntriesMax how many entries a sweep for expired ones looks at, ten times a second
 * @param ticker the clock by which keys expire
 */
record KeyValueOptions(
        RequestLimits limits,
        int databases,
        int connectionsMax,
        long memoryBytesMax,
        int sweepEntriesMax,
        Ticker ticker) {

    KeyValueOptions {
        atLeastOne("databases", databases);
        atLeastOne("connectionsMax", connectionsMax);
        atLeastOne("memoryBytesMax", memoryBytesMax);
        atLeastOne("sweepEntriesMax", sweepEntriesMax);
    }

    /** 16 databases, 10,000 clients, half of the heap, 1000 entries a sweep. */
    static KeyValueOptions defaults() {
        return new KeyValueOptions(
                RequestLimits.defaults(), 16, 10_000, Runtime.getRuntime().maxMemory() / 2, 1000, Ticker.system());
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
