package dev.gatehouse.backend.internal;

import dev.gatehouse.backend.PacketHandler;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The configuration of a node, as its builder checked it. */
public record ServiceOptions(
        String service,
        InetSocketAddress listen,
        Optional<String> token,
        Optional<Tls> tls,
        boolean insecure,
        boolean blocking,
        int eventLoops,
        int inboxPacketsMax,
        int unreadBytesMax,
        int queuePacketsMax,
        int queueBytesMax,
        Duration handover,
        PacketHandler handler) {

    /** The most that {@code queuePacketsMax} may be, which leaves room for what is exempt from the bound. */
    public static final int QUEUE_PACKETS_LIMIT = 1 << 20;

    /** The PEM files of the node's certificate. */
    public record Tls(Path certificateChain, Path privateKey) {}

    /** How many packets of a user may be on their way to the handler. */
    int packetsAhead() {
        return blocking ? inboxPacketsMax : 1;
    }

    /** Leaves the token out, so that it gets into no log. */
    @Override
    public String toString() {
        return "service " + service + " on " + ListenAddress.text(listen);
    }
}
