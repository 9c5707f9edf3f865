package dev.gatehouse.app.config;

import dev.gatehouse.net.EventLoops;
import dev.gatehouse.net.Transport;
import java.util.Optional;

/** What a configuration says about the transport. */
public enum TransportChoice {
    /** The best that the machine has. */
    AUTO,
    /** Linux, io_uring. */
    IO_URING,
    /** Linux, epoll. */
    EPOLL,
    /** The JDK's selectors. */
    NIO;

    /** The transport that is named; empty for the best. */
    public Optional<Transport> transport() {
        return this == AUTO ? Optional.empty() : Optional.of(Transport.valueOf(name()));
    }

    /**
     * Event loops on this transport.
     *
     * @param threads how many; 0 for one a processor
     * @throws IllegalArgumentException if the machine doesn't have the transport
     */
    public EventLoops eventLoops(int threads) {
        EventLoops.Builder builder = EventLoops.builder();
        transport().ifPresent(builder::transport);
        if (threads > 0) {
            builder.threads(threads);
        }
        return builder.build();
    }
}
