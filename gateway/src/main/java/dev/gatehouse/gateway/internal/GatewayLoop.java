package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.internal.link.LinkLoop;
import dev.gatehouse.gateway.internal.link.LinkedNodes;
import dev.gatehouse.gateway.internal.link.Roster;
import dev.gatehouse.gateway.internal.link.ServiceLinks;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sessions of one event loop share: its links to every node, and its counters.
 * Everything but the constructor runs on that loop.
 */
final class GatewayLoop {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayLoop.class);
    private static final long TICK_MILLIS = 250;

    private final Parts parts;
    private final EventLoop eventLoop;
    private final Router router;
    private final Users users;
    private final LinkedNodes nodes;
    private final Counters counters;
    private final List<ServiceLinks> services;
    private final Future<?> ticks;
    private boolean closed;
    private Duration stopGrace = Duration.ofSeconds(8);

    GatewayLoop(Parts parts, EventLoop eventLoop, Router router, Users users, LinkedNodes nodes) {
        this.parts = parts;
        this.eventLoop = eventLoop;
        this.router = router;
        this.users = users;
        this.nodes = nodes;
        counters = new Counters(router.routes().size());
        LinkLoop links = new LinkLoop(eventLoop, parts.eventLoops(), parts.config(), nodes);
        services = IntStream.range(0, router.services().size())
                .mapToObj(i -> new ServiceLinks(i, router.services().get(i), links))
                .toList();
        ticks = eventLoop.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    Parts parts() {
        return parts;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    Router router() {
        return router;
    }

    Users users() {
        return users;
    }

    Counters counters() {
        return counters;
    }

    ServiceLinks service(int index) {
        return services.get(index);
    }

    List<ServiceLinks> services() {
        return services;
    }

    /** The clock of deadlines. */
    long nanos() {
        return parts.eventLoops().ticker().nanos();
    }

    /** How long services may answer what they still have, once the gateway stops. */
    Duration stopGrace() {
        return stopGrace;
    }

    void stopGrace(Duration grace) {
        stopGrace = grace;
    }

    void rosterChanged(String service, Roster roster) {
        if (!closed) {
            services.stream().filter(s -> s.name().equals(service)).forEach(s -> s.rosterChanged(roster));
        }
    }

    void close() {
        closed = true;
        ticks.cancel(false);
        services.forEach(ServiceLinks::close);
    }

    /** Waits, off the loop, until the links' transports have closed. */
    void awaitClosed() {
        services.forEach(ServiceLinks::awaitClosed);
    }

    private void tick() {
        long now = nanos();
        nodes.forget(now);
        for (ServiceLinks service : services) {
            try {
                service.tick(now);
            } catch (RuntimeException e) {
                // One that got out would end all later ticks, of every service.
                LOG.error("service {} failed", service.name(), e);
            }
        }
    }
}
