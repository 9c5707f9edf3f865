package dev.gatehouse.gateway.internal;

import dev.gatehouse.protocol.EndReason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened on one event loop: plain fields, written by that loop alone and read from outside, where a value may be a moment
 * old.
 */
final class Counters {
    int sessions;
    long logins;
    final long[] ended = new long[EndReason.values().length];
    final PerRoute[] routes;
    final @Nullable PerOpcode[] opcodes = new PerOpcode[Short.MAX_VALUE + 1];
    final Map<NodeKey, PerNode> nodes = new ConcurrentHashMap<>();

    Counters(int routes) {
        this.routes = new PerRoute[routes + 1];
        for (int i = 0; i <= routes; i++) {
            this.routes[i] = new PerRoute();
        }
    }

    PerOpcode opcode(int opcode) {
        PerOpcode counter = opcodes[opcode];
        if (counter == null) {
            counter = new PerOpcode();
            opcodes[opcode] = counter;
        }
        return counter;
    }

    PerNode node(String service, String node) {
        return nodes.computeIfAbsent(new NodeKey(service, node), k -> new PerNode());
    }

    record NodeKey(String service, String node) {}

    static final class PerRoute {
        long packetsIn;
        long packetsOut;
        long bytesIn;
        long bytesOut;
        long dropped;
    }

    static final class PerOpcode {
        long packets;
        long handlingNanos;
    }

    static final class PerNode {
        int liveLinks;
        int attachments;
        long forwarded;
        long returned;
        long stale;
        long lostAttachments;
        long pings;
        long pingNanos;
    }
}
