package dev.gatehouse.gateway.internal;

import dev.gatehouse.protocol.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * What happened on one event loop: plain fields, written by that loop alone and read from outside, where a value may be a moment
 * old.
 */
final class Counters {
    /** One packet of sixteen is timed. */
    private static final int TIMED_MASK = 15;

    int sessions;
    private long packets;
    long logins;
    final long[] ended = new long[EndReason.values().length];
    final PerRoute[] routes;
    final @Nullable PerOpcode[] opcodes = new PerOpcode[Short.MAX_VALUE + 1];

    Counters(int routes) {
        this.routes = new PerRoute[routes + 1];
        for (int i = 0; i <= routes; i++) {
            this.routes[i] = new PerRoute();
        }
    }

    /** Whether the next packet is timed: reading the clock twice for each would cost a tenth of what a packet costs. */
    boolean timesNext() {
        return (packets++ & TIMED_MASK) == 0;
    }

    PerOpcode opcode(int opcode) {
        PerOpcode counter = opcodes[opcode];
        if (counter == null) {
            counter = new PerOpcode();
            opcodes[opcode] = counter;
        }
        return counter;
    }

    static final class PerRoute {
        long packetsIn;
        long packetsOut;
        long bytesIn;
        long bytesOut;
        long dropped;
    }

    /** Packets of an opcode, and what handling them took: the ones that are timed stand for those before them that aren't. */
    static final class PerOpcode {
        long packets;
        long handlingNanos;
        private int untimed;

        void count(boolean timed, long startNanos) {
            packets++;
            untimed++;
            if (timed) {
                handlingNanos += untimed * (System.nanoTime() - startNanos);
                untimed = 0;
            }
        }
    }
}
