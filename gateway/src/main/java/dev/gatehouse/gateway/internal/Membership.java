package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.gateway.internal.link.LinkFactory;
import dev.gatehouse.gateway.internal.link.Roster;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.Registry;
import dev.gatehouse.ring.snapshot.RingSnapshot;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which nodes the services' links go to: the members that the registry names, and that links can and may be made to. Whether they may can
 * take a look at DNS, which blocks, and a ring may have to be laid: so it is done on a thread of its own, once for all changes of a service that have come
 * meanwhile.
 */
final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Registry registry;
    private final Map<String, ServiceConfig> services;
    private final BiConsumer<String, Roster> listener;
    private final Registry.Subscription subscription;
    /** Services that are to be told of, in the order in which they changed. */
    private final LinkedHashSet<String> changed = new LinkedHashSet<>();
    /** Whether a thread is at work on them. */
    private boolean telling;
    /** By their service, members that were logged as ones that no link can or may be made to. */
    private final Map<String, Set<Member>> passedOver = new HashMap<>();

    /** Tells the listener of every service before this returns, and then of each one that changes, on whatever thread. */
    Membership(Registry registry, Map<String, ServiceConfig> services, BiConsumer<String, Roster> listener) {
        this.registry = registry;
        this.services = services;
        this.listener = listener;
        subscription = registry.subscribe(this::changed);
        services.keySet().forEach(this::tell);
    }

    /** While one thread is at work, which may take as long as DNS does, another one isn't needed: it does all that has come meanwhile. */
    private void changed(String service) {
        synchronized (changed) {
            changed.add(service);
            if (!telling) {
                telling = true;
                Thread.ofVirtual().name("gatehouse-members").start(this::tellAll);
            }
        }
    }

    private void tellAll() {
        for (Optional<String> next = next(); next.isPresent(); next = next()) {
            String service = next.get();
            try {
                tell(service);
            } catch (RuntimeException e) {
                LOG.error("the links of {} stay as they are", service, e);
            }
        }
    }

    private Optional<String> next() {
        synchronized (changed) {
            telling = !changed.isEmpty();
            return telling ? Optional.of(changed.removeFirst()) : Optional.empty();
        }
    }

    /** One at a time, and each reads the members itself: so the last one to be told is the newest. */
    private synchronized void tell(String service) {
        ServiceConfig config = services.get(service);
        if (config == null) {
            return;
        }
        Optional<RingSnapshot> rings = registry.rings(service);
        listener.accept(
                service,
                new Roster(
                        linkable(config, registry.members(service)),
                        rings.map(RingSnapshot::version).orElse(RingVersion.NONE),
                        rings.map(snapshot -> snapshot.ring(service))));
    }

    /** A registry may name what the configuration would not have allowed; the other members are none the worse. */
    private List<Member> linkable(ServiceConfig config, List<Member> members) {
        Set<Member> logged = passedOver.computeIfAbsent(config.name(), name -> new HashSet<>());
        logged.retainAll(members);
        return members.stream()
                .filter(member -> isLinkable(config, member, logged))
                .toList();
    }

    private static boolean isLinkable(ServiceConfig config, Member member, Set<Member> logged) {
        try {
            LinkFactory.requireLinkable(config, member);
            logged.remove(member);
            return true;
        } catch (IllegalArgumentException e) {
            if (logged.add(member)) {
                LOG.error("{}", e.getMessage());
            }
            return false;
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
