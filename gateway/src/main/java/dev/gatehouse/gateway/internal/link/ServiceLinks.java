package dev.gatehouse.gateway.internal.link;

import dev.gatehouse.gateway.PlacementPolicy;
import dev.gatehouse.gateway.ServiceConfig;
import dev.gatehouse.ring.Member;
import dev.gatehouse.ring.Placement;
import dev.gatehouse.ring.snapshot.Ring;
import dev.gatehouse.ring.snapshot.RingSettings;
import dev.gatehouse.ring.snapshot.RingVersion;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One event loop's links to the nodes of one service. On that loop; but any thread may ask for {@link #live()}, and for {@link #waiting()} and {@link
 * #ringVersion()}, which may then be a moment old.
 */
public final class ServiceLinks {
    private final int index;
    private final ServiceConfig config;
    private final LinkLoop loop;
    private final LinkFactory factory;
    private final MovePace pace;
    private final Map<Member, Link> links = new LinkedHashMap<>();

    private final Set<Link> retired = new LinkedHashSet<>();
    private final Set<AttachmentOwner> waiting = new LinkedHashSet<>();
    private Roster roster = Roster.EMPTY;
    private Placement placement;
    private volatile boolean live;

    /** The links of the service of an index, by which sessions know it; none before {@link #rosterChanged}. */
    public ServiceLinks(int index, ServiceConfig config, LinkLoop loop) {
        this.index = index;
        this.config = config;
        this.loop = loop;
        placement = switch (config.placement()) {
            case USER_HASH -> Placement.userHash();
            case ROUND_ROBIN -> Placement.roundRobin();
            case FIXED -> Placement.fixed(config.fixedNode());
            case RING -> Placement.ring(Ring.of(config.name(), RingSettings.DEFAULT, List.of()));
        };
        factory = new LinkFactory(config, loop);
        double movesPerSecond = loop.config().movesPerSecond();
        pace = new MovePace(movesPerSecond / loop.eventLoops().size(), loop.nanos());
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
        return placement.place(user, roster.members(), this::usable).map(links::get);
    }

    private boolean usable(Member member) {
        Link link = links.get(member);
        return link != null && link.usable();
    }

    /** The ring by which users are placed; {@link RingVersion#NONE} if it isn't done by a ring, or there was none yet. */
    public RingVersion ringVersion() {
        return byRing() ? roster.version() : RingVersion.NONE;
    }

    /** How many sessions have no node now and wait for one. */
    public int waiting() {
        return waiting.size();
    }

    /** Tells the place, for as long as it waits, when a node could take it. */
    public void await(AttachmentOwner place) {
        waiting.add(place);
    }

    /** The place doesn't wait any more. */
    public void forget(AttachmentOwner place) {
        waiting.remove(place);
    }

    /** A link has come up, gone down or begun to leave, or users are placed otherwise. */
    void linkChanged() {
        live = links.values().stream().anyMatch(Link::usable);
        if (!live) {
            return;
        }
        List.copyOf(waiting).stream().filter(place -> places(place.user())).forEach(AttachmentOwner::nodeThere);
        links.values().forEach(Link::moveLeaving);
        retired.forEach(Link::moveLeaving);
    }

    /** Links to new members, lets those that are no members any more leave, and gives up those that the ring says are down. */
    public void rosterChanged(Roster now) {
        roster = now;
        if (byRing()) {
            now.ring().ifPresent(ring -> placement = Placement.ring(ring));
        }
        relink(now.members());
        Set<String> down = now.down();
        links.values().forEach(link -> link.takenOff(down.contains(link.member().id())));
        // One that is no member any more doesn't come back on the ring by being down no more.
        retired.stream().filter(link -> down.contains(link.member().id())).forEach(link -> link.takenOff(true));
        linkChanged();
    }

    /** Has a link to each of the members, and lets those to others go. A weight that changes leaves a link as it is. */
    private void relink(List<Member> members) {
        Map<Member, Link> before = new LinkedHashMap<>();
        links.forEach((member, link) -> before.put(unweighted(member), link));
        links.clear();
        for (Member member : members) {
            Optional<Link> known = Optional.ofNullable(before.remove(unweighted(member)));
            Link link = known.orElseGet(() -> factory.link(member, this));
            links.put(member, link);
            if (known.isEmpty()) {
                link.start();
            }
        }
        before.values().forEach(Link::retire);
        retired.addAll(before.values());
    }

    private boolean byRing() {
        return config.placement() == PlacementPolicy.RING;
    }

    private static Member unweighted(Member member) {
        return Member.of(member.id(), member.host(), member.port());
    }

    /** Looks after deadlines; to be called a few times a second. */
    public void tick(long now) {
        links.values().forEach(link -> link.tick(now));
        for (Link link : List.copyOf(retired)) {
            link.tick(now);
            if (link.idle()) {
                link.close();
                retired.remove(link);
            } else {
                pace.moved(link.move(pace.allowed(now)));
            }
        }
        if (byRing()) {
            List.copyOf(waiting).forEach(place -> place.stillWaiting(now));
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
