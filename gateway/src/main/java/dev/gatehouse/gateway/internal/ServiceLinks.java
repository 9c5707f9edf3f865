package dev.gatehouse.gateway.internal;

import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.Placement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One event loop's links to the nodes of one service. On that loop, but {@link #live()}: any thread. */
final class ServiceLinks {
    private final int index;
    private final ServiceConfig config;
    private final GatewayLoop loop;
    private final Placement placement;
    private final LinkFactory factory;
    private final Map<Member, Link> links = new LinkedHashMap<>();
    private final Set<Link> retired = new LinkedHashSet<>();
    private final Set<Place> waiting = new LinkedHashSet<>();
    private List<Member> members = List.of();
    private volatile boolean live;

    ServiceLinks(int index, ServiceConfig config, GatewayLoop loop) {
        this.index = index;
        this.config = config;
        this.loop = loop;
        placement = switch (config.placement()) {
            case USER_HASH -> Placement.userHash();
            case ROUND_ROBIN -> Placement.roundRobin();
            case FIXED -> Placement.fixed(config.fixedNode());
        };
        factory = new LinkFactory(config, loop);
    }

    int index() {
        return index;
    }

    String name() {
        return config.name();
    }

    ServiceConfig config() {
        return config;
    }

    GatewayLoop loop() {
        return loop;
    }

    LinkFactory factory() {
        return factory;
    }

    /** Whether some node can take sessions. */
    boolean live() {
        return live;
    }

    /** The link that shall serve a user now, if any node can. */
    Optional<Link> choose(long user) {
        return placement.place(user, members, this::usable).map(links::get);
    }

    private boolean usable(Member member) {
        Link link = links.get(member);
        return link != null && link.usable();
    }

    /** Tells the place once a node may be able to take it. */
    void await(Place place) {
        waiting.add(place);
    }

    void forget(Place place) {
        waiting.remove(place);
    }

    /** A link has come up, gone down or begun to leave. */
    void linkChanged() {
        live = links.values().stream().anyMatch(Link::usable);
        if (!live) {
            return;
        }
        List<Place> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Place::nodeThere);
        links.values().forEach(Link::moveLeaving);
        retired.forEach(Link::moveLeaving);
    }

    /** Links to new members, and lets those that are no members any more leave. */
    void membersChanged(List<Member> now) {
        members = now;
        members.forEach(member -> links.computeIfAbsent(member, m -> new Link(m, this)));
        List<Member> gone = new ArrayList<>(links.keySet());
        gone.removeAll(members);
        for (Member member : gone) {
            Link link = links.remove(member);
            if (link != null) {
                retired.add(link);
                link.retire();
            }
        }
        linkChanged();
    }

    void tick(long now) {
        links.values().forEach(link -> link.tick(now));
        for (Link link : List.copyOf(retired)) {
            link.tick(now);
            if (link.idle()) {
                link.close();
                retired.remove(link);
            }
        }
    }

    void close() {
        links.values().forEach(Link::close);
        retired.forEach(Link::close);
    }

    void awaitClosed() {
        links.values().forEach(Link::awaitClosed);
    }
}
