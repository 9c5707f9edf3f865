package dev.gatehouse.ring.snapshot;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The ring of one service: who owns a key. Immutable; any thread.
 *
 * <p>Consistent hashing after Karger and others, "Consistent hashing and random trees" (1997): members have many points on a circle of
 * hashes, and a key belongs to the member whose point comes first at or after it. What PROTOCOLS.md adds, section 3: a member that is
 * covered keeps its points, which its backup owns; and a bound to load.
 */
public final class Ring {
    private static final double CIRCLE = 0x1.0p64;

    private final String service;
    private final RingSettings settings;
    private final List<RingMember> members;
    private final Circle circle;
    private final Layout layout;
    /** Who sits on the layout's seats. */
    private final List<Optional<RingMember>> seated;

    private Ring(String service, RingSettings settings, List<RingMember> members, Optional<Ring> alike) {
        this.service = service;
        this.settings = settings;
        this.members =
                members.stream().sorted(Comparator.comparing(RingMember::id)).toList();
        circle = Circle.of(settings);
        List<RingMember> onCircle = this.members.stream()
                .filter(member -> member.standing() != Standing.OUTSIDE)
                .toList();
        List<Seat> seats = onCircle.stream().map(circle::seat).toList();
        layout = alike.map(ring -> ring.layout)
                .filter(laid -> laid.isOf(settings, seats))
                .orElseGet(() -> new Layout(settings, seats));
        seated = onCircle.stream().map(Optional::of).toList();
    }

    /** Lays the ring of a service with these members, whose ids differ: for a million points about 100 ms. */
    public static Ring of(String service, RingSettings settings, List<RingMember> members) {
        return new Ring(service, settings, members, Optional.empty());
    }

    /** A ring that is laid only if it differs from this one in who owns what. */
    Ring reusedFor(RingSettings settings, List<RingMember> members) {
        return new Ring(service, settings, members, Optional.of(this));
    }

    /** The service. */
    public String service() {
        return service;
    }

    /** All members, those outside too, in the order of their ids. */
    public List<RingMember> members() {
        return members;
    }

    /** The hash of a key, unsigned: XXH64 or CRC-32 of its UTF-8. */
    public long hash(String key) {
        return circle.hash(key);
    }

    /** Who owns a key; empty if no member owns any. */
    public Optional<RingMember> owner(String key) {
        return owner(circle.hash(key));
    }

    /** Who owns the keys of a hash; empty if no member owns any. */
    public Optional<RingMember> owner(long hash) {
        int owner = layout.ownerAt(circle.position(hash));
        return owner == Layout.NOBODY ? Optional.empty() : seated.get(owner);
    }

    /**
     * The owner of a key, then the other members that own, each once, in the order in which they are met upwards from it.
     *
     * @param count how many at most, 0 or more; there are no more than members that own
     */
    public List<RingMember> preferenceList(String key, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count: " + count + " (expected: 0 or more)");
        }
        long position = circle.position(circle.hash(key));
        if (layout.ownerAt(position) == Layout.NOBODY) {
            return List.of();
        }
        long owning = layout.seats().stream().filter(Seat::owner).count();
        return IntStream.concat(IntStream.of(layout.ownerAt(position)), layout.seatsFrom(position))
                .filter(seat -> layout.seats().get(seat).owner())
                .distinct()
                .limit(Math.min(count, owning))
                .mapToObj(seat -> seated.get(seat).orElseThrow())
                .toList();
    }

    /** Who owns which part of the circle, by the starts of the parts; neighbours of one owner are one part. Empty if no member owns. */
    public List<Arc> arcs() {
        return Ring.of(service, settings, List.of()).transfersTo(this).stream()
                .map(transfer -> new Arc(transfer.range(), transfer.to()))
                .toList();
    }

    /**
     * Exactly the ranges whose owner differs in another ring of this service and these settings, by their starts; those that nobody owns there have
     * none.
     */
    public List<Transfer> transfersTo(Ring next) {
        if (!service.equals(next.service) || !settings.equals(next.settings)) {
            throw new IllegalArgumentException("next: a ring of " + next.service + ", " + next.settings + " (expected: "
                    + service + ", " + settings + ")");
        }
        return new Difference(layout, next.layout)
                .runs().stream()
                        .map(run -> new Transfer(service, run.from(), run.to(), range(run)))
                        .toList();
    }

    private HashRange range(Difference.Run run) {
        return new HashRange(circle.hashAt(run.start()), circle.hashAt(run.end()));
    }

    /** Which part of the circle each member owns, 0 to 1, by its id; members that own nothing aren't there. */
    public SortedMap<String, Double> shares() {
        SortedMap<String, Double> shares = new TreeMap<>();
        Points points = layout.points();
        for (int point = 0; point < points.count(); point++) {
            double share = points.count() == 1 ? 1 : unsigned(points.arc(point)) / CIRCLE;
            shares.merge(layout.seats().get(layout.owner(point)).id(), share, Double::sum);
        }
        return shares;
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0;
    }
}
