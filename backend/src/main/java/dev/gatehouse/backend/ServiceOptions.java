package dev.gatehouse.backend;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The configuration of a node, as {@link ServiceNodeBuilder} checked it. */
record ServiceOptions(
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

    /** The PEM files of the node's certificate. */
    record Tls(Path certificateChain, Path privateKey) {}

    /** Leaves the token out, so that it gets into no log. */
    @Override
    public String toString() {
        return "service " + service + " on " + ListenAddress.text(listen);
    }
}
