package dev.gatehouse.gateway.internal.link;

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
public final class ServiceLinks {
    private final int index;
    private final ServiceConfig config;
    private final LinkLoop loop;
    private final Placement placement;
    private final LinkFactory factory;
    private final Map<Member, Link> links = new LinkedHashMap<>();
    private final Set<Link> retired = new LinkedHashSet<>();
    private final Set<AttachmentOwner> waiting = new LinkedHashSet<>();
    private List<Member> members = List.of();
    private volatile boolean live;

    /** The links of the service of an index, by which sessions know it; none before {@link #membersChanged}. */
    public ServiceLinks(int index, ServiceConfig config, LinkLoop loop) {
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

    /** The service's index. */
    public int index() {
        return index;
    }

    /** The service's name. */
    public String name() {
        return config.name();
    }

    LinkLoop loop() {
        return loop;
    }

    LinkFactory factory() {
        return factory;
    }

    /** Whether some node can take sessions. */
    public boolean live() {
        return live;
    }

    /** Whether some node can serve a user now. */
    public boolean places(long user) {
        return choose(user).isPresent();
    }

    /** An attachment to the node that shall serve the owner's user now, not open yet, if any node can. */
    public Optional<Attachment> place(AttachmentOwner owner) {
        return choose(owner.user()).map(link -> link.attachment(owner));
    }

    private Optional<Link> choose(long user) {
        return placement.place(user, members, this::usable).map(links::get);
    }

    private boolean usable(Member member) {
        Link link = links.get(member);
        return link != null && link.usable();
    }

    /** Tells the place once a node may be able to take it. */
    public void await(AttachmentOwner place) {
        waiting.add(place);
    }

    /** The place doesn't wait any more. */
    public void forget(AttachmentOwner place) {
        waiting.remove(place);
    }

    /** A link has come up, gone down or begun to leave. */
    void linkChanged() {
        live = links.values().stream().anyMatch(Link::usable);
        if (!live) {
            return;
        }
        List<AttachmentOwner> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(AttachmentOwner::nodeThere);
        links.values().forEach(Link::moveLeaving);
        retired.forEach(Link::moveLeaving);
    }

    /** Links to new members, and lets those that are no members any more leave. */
    public void membersChanged(List<Member> now) {
        members = now;
        for (Member member : members) {
            if (!links.containsKey(member)) {
                Link link = factory.link(member, this);
                links.put(member, link);
                link.start();
            }
        }
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

    /** Looks after deadlines; to be called a few times a second. */
    public void tick(long now) {
        links.values().forEach(link -> link.tick(now));
        for (Link link : List.copyOf(retired)) {
            link.tick(now);
            if (link.idle()) {
                link.close();
                retired.remove(link);
            }
        }
    }

    /** Breaks all links off. */
    public void close() {
        links.values().forEach(Link::close);
        retired.forEach(Link::close);
    }

    /** Waits, off the loop, until the links' transports have closed. */
    public void awaitClosed() {
        links.values().forEach(Link::awaitClosed);
    }
}
