package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.gateway.internal.link.LinkFactory;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which nodes the services' links go to: the members that the registry names, and that links may be made to. Whether they may can
 * take a look at DNS, which blocks: so it is done once a change, on a thread of its own.
 */
final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Registry registry;
    private final Map<String, ServiceConfig> services;
    private final BiConsumer<String, List<Member>> listener;
    private final Registry.Subscription subscription;

    /** Tells the listener of every service before this returns, and then of each one that changes, on whatever thread. */
    Membership(Registry registry, Map<String, ServiceConfig> services, BiConsumer<String, List<Member>> listener) {
        this.registry = registry;
        this.services = services;
        this.listener = listener;
        subscription = registry.subscribe(
                service -> Thread.ofVirtual().name("members of " + service).start(() -> tell(service)));
        services.keySet().forEach(this::tell);
    }

    /** One at a time, and each reads the members itself: so the last one to be told is the newest. */
    private synchronized void tell(String service) {
        ServiceConfig config = services.get(service);
        if (config == null) {
            return;
        }
        List<Member> safe = new ArrayList<>();
        for (Member member : registry.members(service)) {
            try {
                LinkFactory.requireSafe(config, member);
                safe.add(member);
            } catch (IllegalArgumentException e) {
                // A registry may name what the configuration would not have allowed; the other members are none the
                // worse.
                LOG.error("{}", e.getMessage());
            }
        }
        listener.accept(service, List.copyOf(safe));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
