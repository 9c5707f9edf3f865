package dev.gatehouse.bench.program;

import java.net.InetSocketAddress;

/** Says where a program listens, to the process that started it. */
final class Ready {
    private Ready() {}

    @SuppressWarnings("SystemOut") // The line is what the process that started this one waits for.
    static void at(InetSocketAddress address) {
        System.out.println("ready " + address.getPort());
    }
}
