package dev.gatehouse.ring.snapshot;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The rings of all services at one (epoch, version): what RING holds. Immutable; any thread. A ring is laid when it is first asked
 * for.
 */
public final class RingSnapshot {
    private final RingVersion version;
    private final RingSettings settings;
    private final List<RingMember> members;
    private final Optional<PendingTransfers> pending;
    private final Map<String, List<RingMember>> services;
    private final ConcurrentHashMap<String, Ring> rings = new ConcurrentHashMap<>();

    private RingSnapshot(
            RingVersion version, RingSettings settings, List<RingMember> members, Optional<PendingTransfers> pending) {
        this.version = version;
        this.settings = settings;
        this.members =
                members.stream().sorted(Comparator.comparing(RingMember::id)).toList();
        this.pending = pending;
        services = this.members.stream().collect(Collectors.groupingBy(RingMember::service));
        for (int i = 1; i < this.members.size(); i++) {
            String id = this.members.get(i).id();
            if (id.equals(this.members.get(i - 1).id())) {
                throw new IllegalArgumentException("members: " + id + " twice (expected: distinct ids)");
            }
        }
        services.forEach(this::requirePoints);
    }

    private void requirePoints(String service, List<RingMember> members) {
        long points = members.stream()
                .mapToLong(member -> settings.pointsOf(member.node()))
                .sum();
        if (points > RingSettings.RING_POINTS_MAX) {
            throw new IllegalArgumentException("members: " + points + " points of " + service + " (expected: at most "
                    + RingSettings.RING_POINTS_MAX + ")");
        }
    }

    /**
     * What was published.
     *
     * @throws IllegalArgumentException if two members have one id, or a ring more points than {@link RingSettings#RING_POINTS_MAX}
     */
    public static RingSnapshot of(
            RingVersion version, RingSettings settings, List<RingMember> members, Optional<PendingTransfers> pending) {
        return new RingSnapshot(version, settings, members, pending);
    }

    /** This snapshot, which takes over from an earlier one the rings in which nothing has changed owner: for whoever is sent one after the other. */
    public RingSnapshot reusing(RingSnapshot before) {
        RingSnapshot same = new RingSnapshot(version, settings, members, pending);
        before.rings.forEach((service, ring) -> {
            if (services.containsKey(service)) {
                same.rings.put(service, ring.reusedFor(settings, services.get(service)));
            }
        });
        return same;
    }

    /** Which one it is. */
    public RingVersion version() {
        return version;
    }

    /** How its rings are laid. */
    public RingSettings settings() {
        return settings;
    }

    /** The members of all services, in the order of their ids. */
    public List<RingMember> members() {
        return members;
    }

    /** The change that is under way. */
    public Optional<PendingTransfers> pending() {
        return pending;
    }

    /** The services that have members. */
    public SortedSet<String> services() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(services.keySet()));
    }

    /** The member of that id. */
    public Optional<RingMember> member(String id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /** The ring of a service; one where nobody owns anything, if nobody is of it. */
    public Ring ring(String service) {
        List<RingMember> of = services.get(service);
        return of == null
                ? Ring.of(service, settings, List.of())
                : rings.computeIfAbsent(service, name -> Ring.of(name, settings, of));
    }
}
